package io.broadcaster.testkit;

import io.broadcaster.audience.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory; refuses a part that S3 would find too small. Safe for any thread, an upload for one at a time. */
public final class FakeObjectStore implements ObjectStore {
    private final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Faults<Call> faults = new Faults<>(Call.class);

    /** The kinds of call that can be made to fail. */
    public enum Call {
        PUT,
        PART,
        SEAL,
        READ,
        LIST,
        DELETE
    }

    /** The next {@code times} calls fail before any effect. */
    public void failCalls(Call call, int times) {
        faults.fail(call, times);
    }

    /** The next {@code times} calls have their effect and then fail. */
    public void loseAnswers(Call call, int times) {
        faults.loseAnswers(call, times);
    }

    /** Inverts the bits of one byte of an object, as a fault of a disk would. */
    public void corrupt(String key, int offset) {
        byte[] damaged = require(key).clone();
        damaged[offset] = (byte) ~damaged[offset];
        objects.put(key, damaged);
    }

    /** The whole object. */
    public byte[] content(String key) {
        return require(key).clone();
    }

    @Override
    public Put putIfAbsent(String key, byte[] content) {
        byte[] copy = content.clone();
        return faults.around(Call.PUT, () -> failure("put", key), () -> store(key, copy));
    }

    @Override
    public Upload upload(String key) {
        return new FakeUpload(key);
    }

    @Override
    public OptionalLong size(String key) {
        return faults.around(
                Call.READ,
                () -> failure("size", key),
                () -> Optional.ofNullable(objects.get(key)).stream()
                        .mapToLong(content -> content.length)
                        .findFirst());
    }

    @Override
    public InputStream open(String key) {
        return faults.around(Call.READ, () -> failure("open", key), () -> new ByteArrayInputStream(require(key)));
    }

    @Override
    public void read(String key, long offset, ByteBuffer into) {
        faults.around(Call.READ, () -> failure("read", key), () -> {
            byte[] content = require(key);
            if (offset + into.remaining() > content.length) {
                throw new MissingObjectException(key);
            }
            return into.put(content, (int) offset, into.remaining());
        });
    }

    @Override
    public List<String> list(String prefix) {
        return faults.around(
                Call.LIST,
                () -> failure("list", prefix),
                () -> objects.tailMap(prefix).keySet().stream()
                        .takeWhile(key -> key.startsWith(prefix))
                        .toList());
    }

    @Override
    public void deleteAll(String prefix) {
        faults.around(
                Call.DELETE,
                () -> failure("delete", prefix),
                () -> objects.keySet().removeIf(key -> key.startsWith(prefix)));
    }

    private Put store(String key, byte[] content) {
        return objects.putIfAbsent(key, content) == null ? Put.STORED : Put.ALREADY_THERE;
    }

    private byte[] require(String key) {
        byte[] content = objects.get(key);
        if (content == null) {
            throw new MissingObjectException(key);
        }
        return content;
    }

    private static ObjectStoreException failure(String operation, String key) {
        return new ObjectStoreException("planned fault of " + operation + " on " + key);
    }

    private final class FakeUpload implements Upload {
        private final String key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private int lastPart = PART_MIN;

        FakeUpload(String key) {
            this.key = key;
        }

        @Override
        public void part(ByteBuffer part) {
            if (lastPart < PART_MIN) {
                throw new ObjectStoreException("a part before the last had " + lastPart + " bytes under key " + key);
            }
            faults.around(Call.PART, () -> failure("part", key), () -> {
                lastPart = part.remaining();
                byte[] bytes = new byte[lastPart];
                part.get(bytes);
                content.writeBytes(bytes);
                return bytes;
            });
        }

        @Override
        public Put sealIfAbsent() {
            return faults.around(Call.SEAL, () -> failure("seal", key), () -> store(key, content.toByteArray()));
        }

        @Override
        public void close() {
            content.reset();
        }
    }
}
