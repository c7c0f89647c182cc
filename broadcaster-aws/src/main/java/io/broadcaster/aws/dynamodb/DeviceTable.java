package io.broadcaster.aws.dynamodb;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.DeviceStore;
import io.broadcaster.audience.DeviceToken;
import io.broadcaster.audience.UserId;
import io.broadcaster.campaign.LocaleTag;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Devices: key {@code user}, attribute {@code devices} with one text {@code platform locale registeredMillis token} per
 * device, so that one read of a whole key brings all of a user's. Loads read eventually consistent: half the price for
 * millions of users, and registrations of the last second may wait for the next load. Kept until replaced.
 */
final class DeviceTable implements DeviceStore {
    static final String USER = "user";
    private static final String DEVICES = "devices";

    /** Items per BatchWriteItem (DynamoDB). */
    private static final int WRITE_BATCH_MAX = 25;

    /** Batch writes in flight of one {@link #put}. */
    private static final int WRITES_IN_FLIGHT_MAX = 16;

    private final Table table;

    DeviceTable(Table table) {
        this.table = table;
    }

    @Override
    public Map<UserId, List<Device>> find(Collection<UserId> users) {
        return find(users, false);
    }

    @Override
    public Map<UserId, List<Device>> findLatest(Collection<UserId> users) {
        return find(users, true);
    }

    private Map<UserId, List<Device>> find(Collection<UserId> users, boolean consistent) {
        if (users.size() > FIND_MAX) {
            throw new IllegalArgumentException("users must be at most " + FIND_MAX + ", but were " + users.size());
        }
        var found = new HashMap<UserId, List<Device>>();
        table.batchFind(users.stream().map(DeviceTable::key).toList(), consistent, item -> {
            List<Device> devices = devices(item);
            if (!devices.isEmpty()) {
                found.put(new UserId(Attributes.text(item, USER)), devices);
            }
        });
        return found;
    }

    @Override
    public void put(Map<UserId, List<Device>> devices) {
        var inFlight = new Semaphore(WRITES_IN_FLIGHT_MAX);
        var writes = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var batch = new ArrayList<WriteRequest>(WRITE_BATCH_MAX);
            for (Map.Entry<UserId, List<Device>> entry : devices.entrySet()) {
                batch.add(write(entry.getKey(), entry.getValue()));
                if (batch.size() == WRITE_BATCH_MAX) {
                    writes.add(submit(threads, inFlight, List.copyOf(batch)));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                writes.add(submit(threads, inFlight, List.copyOf(batch)));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        } catch (ExecutionException e) {
            throw new StoreException("not all devices were written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("the write of devices was interrupted", e);
        }
    }

    private Future<?> submit(ExecutorService threads, Semaphore inFlight, List<WriteRequest> batch)
            throws InterruptedException {
        inFlight.acquire();
        return threads.submit(() -> {
            try {
                table.batchPut(batch);
            } finally {
                inFlight.release();
            }
        });
    }

    private static WriteRequest write(UserId user, List<Device> devices) {
        var item = new HashMap<>(key(user));
        item.put(
                DEVICES,
                AttributeValue.fromL(devices.stream()
                        .map(device -> Attributes.text(text(device)))
                        .toList()));
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    private static String text(Device device) {
        return device.platform().wireName() + " " + device.locale() + " "
                + device.registeredAt().toEpochMilli() + " " + device.token().value();
    }

    private static List<Device> devices(Map<String, AttributeValue> item) {
        return Attributes.require(item, DEVICES).l().stream()
                .map(each -> device(each.s()))
                .toList();
    }

    private static Device device(String text) {
        String[] words = text.split(" ", 4);
        if (words.length != 4) {
            throw new StoreException("a stored device must have 4 words, but had " + words.length);
        }
        Platform platform = Platform.ofWireName(words[0]);
        return new Device(
                platform,
                DeviceToken.of(platform, words[3]),
                new LocaleTag(words[1]),
                Instant.ofEpochMilli(Long.parseLong(words[2])));
    }

    private static Map<String, AttributeValue> key(UserId user) {
        return Map.of(USER, Attributes.text(user.value()));
    }
}
