package io.broadcaster.cli.devices;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.InvalidInput;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Adds devices to users, in chunks of {@link #USERS_PER_CHUNK} users with at most {@link #DEVICES_PER_USER_MAX} devices each,
 * and so in constant memory. What a user has already stays; a device that comes again (same platform and token) takes the
 * place of the earlier one.
 */
public final class DeviceImport {
    /** More are a mistake in the file, or an account that is nobody's; DynamoDB takes items of up to 400 KB. */
    static final int DEVICES_PER_USER_MAX = 100;

    private static final int USERS_PER_CHUNK = 2_000;

    private final DeviceStore store;
    private final LongConsumer importedSoFar;

    /** {@code importedSoFar} is told the number of devices written after every chunk. */
    public DeviceImport(DeviceStore store, LongConsumer importedSoFar) {
        this.store = store;
        this.importedSoFar = importedSoFar;
    }

    /** One row of an import. */
    public record Row(UserId user, Device device) {}

    /** Writes every row; returns how many there were. {@link InvalidInput} names the row that is one device too many. */
    public long run(Iterator<Row> rows) {
        long imported = 0;
        var chunk = new LinkedHashMap<UserId, Map<String, Device>>();
        while (rows.hasNext()) {
            Row row = rows.next();
            if (chunk.size() == USERS_PER_CHUNK && !chunk.containsKey(row.user())) {
                flush(chunk);
                importedSoFar.accept(imported);
            }
            imported++;
            Map<String, Device> devices = chunk.computeIfAbsent(row.user(), _ -> new LinkedHashMap<>());
            devices.put(key(row.device()), row.device());
            requireBound("row " + imported, devices);
        }
        flush(chunk);
        importedSoFar.accept(imported);
        return imported;
    }

    private void flush(Map<UserId, Map<String, Device>> chunk) {
        var users = List.copyOf(chunk.keySet());
        for (int from = 0; from < users.size(); from += DeviceStore.FIND_MAX) {
            var some = users.subList(from, Math.min(users.size(), from + DeviceStore.FIND_MAX));
            store.findLatest(some)
                    .forEach((user, had) -> chunk.computeIfPresent(user, (_, more) -> merged(user, had, more)));
        }
        var all = new LinkedHashMap<UserId, List<Device>>();
        chunk.forEach((user, devices) -> all.put(user, List.copyOf(devices.values())));
        store.put(all);
        chunk.clear();
    }

    private static Map<String, Device> merged(UserId user, List<Device> had, Map<String, Device> more) {
        var all = new LinkedHashMap<String, Device>();
        had.forEach(device -> all.put(key(device), device));
        all.putAll(more);
        requireBound("user_id " + user.value(), all);
        return all;
    }

    private static void requireBound(String field, Map<String, Device> devices) {
        if (devices.size() > DEVICES_PER_USER_MAX) {
            throw new InvalidInput(
                    field,
                    "must be of a user with at most " + DEVICES_PER_USER_MAX + " devices, stored ones included",
                    devices.size());
        }
    }

    private static String key(Device device) {
        return device.platform().wireName() + "/" + device.token().value();
    }
}
