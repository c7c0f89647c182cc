package io.broadcaster.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The cells of one Arrow column of one open batch, filled again and again. Confined to one thread. */
sealed interface Cells {
    /** Appends the column's Arrow buffers, ready to read and without validity, which is empty as no cell is null. */
    ByteBuffer[] buffers();

    /** Forgets the cells and keeps the memory. */
    void clear();

    /** Cells of any length: Arrow's Binary and Utf8. */
    final class Variable implements Cells {
        private static final int FIRST_BYTES = 1_024;

        private final ByteBuffer offsets;
        private byte[] data = new byte[FIRST_BYTES];
        private int length;

        Variable(int rows) {
            offsets = ByteBuffer.allocate((rows + 1) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            offsets.putInt(0);
        }

        void add(byte[] cell) {
            if (length + cell.length > data.length) {
                data = Arrays.copyOf(data, Math.max(data.length * 2, length + cell.length));
            }
            System.arraycopy(cell, 0, data, length, cell.length);
            length += cell.length;
            offsets.putInt(length);
        }

        @Override
        public ByteBuffer[] buffers() {
            return new ByteBuffer[] {offsets.duplicate().flip(), ByteBuffer.wrap(data, 0, length)};
        }

        @Override
        public void clear() {
            offsets.clear().putInt(0);
            length = 0;
        }
    }

    /** Cells of one length: Arrow's Int and Timestamp. */
    final class Fixed implements Cells {
        private final ByteBuffer values;

        Fixed(int rows, int cellBytes) {
            values = ByteBuffer.allocate(rows * cellBytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        void addShort(int cell) {
            values.putShort((short) cell);
        }

        void addLong(long cell) {
            values.putLong(cell);
        }

        @Override
        public ByteBuffer[] buffers() {
            return new ByteBuffer[] {values.duplicate().flip()};
        }

        @Override
        public void clear() {
            values.clear();
        }
    }
}
