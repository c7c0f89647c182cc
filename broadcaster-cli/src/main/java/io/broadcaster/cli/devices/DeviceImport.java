package io.broadcaster.cli.devices;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.UserId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Adds devices to users, in chunks of {@link #USERS_PER_CHUNK} users and so in constant memory. What a user has already
 * stays; a device that comes again (same platform and token) takes the place of the earlier one.
 */
public final class DeviceImport {
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

    /** Writes every row; returns how many there were. */
    public long run(Iterator<Row> rows) {
        long imported = 0;
        var chunk = new LinkedHashMap<UserId, List<Device>>();
        while (rows.hasNext()) {
            Row row = rows.next();
            if (chunk.size() == USERS_PER_CHUNK && !chunk.containsKey(row.user())) {
                flush(chunk);
                importedSoFar.accept(imported);
            }
            chunk.computeIfAbsent(row.user(), user -> new ArrayList<>()).add(row.device());
            imported++;
        }
        flush(chunk);
        importedSoFar.accept(imported);
        return imported;
    }

    private void flush(Map<UserId, List<Device>> chunk) {
        var users = List.copyOf(chunk.keySet());
        for (int from = 0; from < users.size(); from += DeviceStore.FIND_MAX) {
            var some = users.subList(from, Math.min(users.size(), from + DeviceStore.FIND_MAX));
            store.find(some).forEach((user, had) -> chunk.computeIfPresent(user, (same, more) -> merged(had, more)));
        }
        chunk.replaceAll((user, devices) -> merged(List.of(), devices));
        store.put(chunk);
        chunk.clear();
    }

    private static List<Device> merged(List<Device> had, List<Device> more) {
        var byToken = new LinkedHashMap<String, Device>();
        had.forEach(device -> byToken.put(key(device), device));
        more.forEach(device -> byToken.put(key(device), device));
        return List.copyOf(byToken.values());
    }

    private static String key(Device device) {
        return device.platform().wireName() + "/" + device.token().value();
    }
}
