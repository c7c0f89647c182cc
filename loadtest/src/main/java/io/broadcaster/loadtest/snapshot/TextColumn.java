package io.broadcaster.loadtest.snapshot;

import io.broadcaster.campaign.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumMap;
import java.util.Map;

/** Tokens parsed out of lines, in off-heap memory with an offset each. Filled by one thread, then read by any. */
final class TextColumn implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LINE_MAX = 1_024;

    private final Platform platform;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment data;
    private final MemorySegment offsets;
    private final byte[] token = new byte[LINE_MAX];
    private int length;
    private long devices;
    private long end;

    TextColumn(Platform platform, long devices, long tokenBytes) {
        this.platform = platform;
        data = arena.allocate(tokenBytes, 64);
        offsets = arena.allocate((devices + 1) * Integer.BYTES, 64);
    }

    /** Reads every line: {@code header} bytes are skipped at the start and {@code before} of each line; {@code stop} ends a token. */
    void fill(InputStream in, int header, int before, byte stop) throws IOException {
        byte[] buffer = new byte[BUFFER];
        in.skipNBytes(header);
        int column = 0;
        boolean inToken = true;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int at = 0; at < read; at++) {
                byte b = buffer[at];
                if (b == '\n') {
                    add();
                    column = 0;
                    inToken = true;
                } else if (column++ >= before && inToken) {
                    if (b == stop) {
                        inToken = false;
                    } else {
                        token[length++] = b;
                    }
                }
            }
        }
    }

    private void add() {
        int stored = switch (platform) {
            case IOS -> fromHex();
            case ANDROID -> length;
        };
        MemorySegment.copy(token, 0, data, ValueLayout.JAVA_BYTE, end, stored);
        end += stored;
        devices++;
        offsets.set(ValueLayout.JAVA_INT, devices * Integer.BYTES, (int) end);
        length = 0;
    }

    private int fromHex() {
        for (int i = 0; i < length / 2; i++) {
            token[i] = (byte) (digit(token[2 * i]) << 4 | digit(token[2 * i + 1]));
        }
        return length / 2;
    }

    private static int digit(byte c) {
        return c <= '9' ? c - '0' : c - 'a' + 10;
    }

    private int copy(long device, byte[] into) {
        long at = device % devices;
        int from = offsets.get(ValueLayout.JAVA_INT, at * Integer.BYTES);
        int bytes = offsets.get(ValueLayout.JAVA_INT, (at + 1) * Integer.BYTES) - from;
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, Integer.toUnsignedLong(from), into, 0, bytes);
        return bytes;
    }

    @Override
    public void close() {
        arena.close();
    }

    /** Both platforms. */
    record Pair(Map<Platform, TextColumn> columns) implements SnapshotForm.Tokens {
        Pair {
            columns = new EnumMap<>(columns);
        }

        @Override
        public int copy(Platform platform, long device, byte[] into) {
            TextColumn column = columns.get(platform);
            return column == null ? 0 : column.copy(device, into);
        }

        @Override
        public long bytesOffHeap() {
            return columns.values().stream()
                    .mapToLong(c -> c.data.byteSize() + c.offsets.byteSize())
                    .sum();
        }

        @Override
        public void close() {
            columns.values().forEach(TextColumn::close);
        }
    }
}
