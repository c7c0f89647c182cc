package io.broadcaster.sender.rehearsal;

import io.broadcaster.audience.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects on the heap, gone with the rehearsal; whoever writes them bounds them. Any thread, an upload one at a time. */
final class HeapObjects implements ObjectStore {
    private final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public Put putIfAbsent(String key, byte[] content) {
        return objects.putIfAbsent(key, content.clone()) == null ? Put.STORED : Put.ALREADY_THERE;
    }

    @Override
    public Upload upload(String key) {
        return new HeapUpload(key);
    }

    @Override
    public OptionalLong size(String key) {
        byte[] content = objects.get(key);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
    }

    @Override
    public InputStream open(String key) {
        return new ByteArrayInputStream(existing(key));
    }

    @Override
    public void read(String key, long offset, ByteBuffer into) {
        byte[] content = existing(key);
        if (offset + into.remaining() > content.length) {
            throw new MissingObjectException(key);
        }
        into.put(content, (int) offset, into.remaining());
    }

    @Override
    public List<String> list(String prefix) {
        return objects.tailMap(prefix).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .toList();
    }

    @Override
    public void deleteAll(String prefix) {
        objects.keySet().removeIf(key -> key.startsWith(prefix));
    }

    private byte[] existing(String key) {
        byte[] content = objects.get(key);
        if (content == null) {
            throw new MissingObjectException(key);
        }
        return content;
    }

    private final class HeapUpload implements Upload {
        private final String key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        HeapUpload(String key) {
            this.key = key;
        }

        @Override
        public void part(ByteBuffer part) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            content.writeBytes(bytes);
        }

        @Override
        public Put sealIfAbsent() {
            return putIfAbsent(key, content.toByteArray());
        }

        @Override
        public void close() {
            content.reset();
        }
    }
}
