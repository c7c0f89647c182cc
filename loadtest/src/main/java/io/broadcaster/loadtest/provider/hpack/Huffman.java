package io.broadcaster.loadtest.provider.hpack;

/**
 * HPACK's Huffman code (RFC 7541, appendix B), decoded four bits at a time: a state is an inner node of the code's tree.
 * The code is canonical, so that its lengths say it all. Stateless.
 */
final class Huffman {
    private static final int SYMBOLS = 257;
    private static final int END_OF_STRING = 256;
    private static final int STATES = SYMBOLS - 1;
    private static final int PADDING_BITS_MAX = 7;

    /** Bits of a transition: the next state (8), a symbol (8), whether there is one, and whether the input is at fault. */
    private static final int SYMBOL_SHIFT = 8;

    private static final int HAS_SYMBOL = 1 << 16;
    private static final int FAULT = 1 << 17;

    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30
    };

    private static final short[] TREE = tree();
    private static final int[] TRANSITIONS = transitions();
    private static final boolean[] MAY_END = mayEnd();

    private Huffman() {}

    /** Most bytes that an encoded text of this length can stand for: no symbol is shorter than five bits. */
    static int decodedMax(int length) {
        return length * 8 / 5;
    }

    /** Decodes {@code in[from, from + length)} into {@code out} at {@code at}; the end in {@code out}. */
    static int decode(byte[] in, int from, int length, byte[] out, int at) throws HpackFault {
        int state = 0;
        int to = at;
        for (int i = from; i < from + length; i++) {
            for (int shift = 4; shift >= 0; shift -= 4) {
                int transition = TRANSITIONS[state << 4 | (in[i] >> shift & 0xf)];
                if ((transition & FAULT) != 0) {
                    throw new HpackFault("Huffman code must not hold its end");
                }
                if ((transition & HAS_SYMBOL) != 0) {
                    out[to++] = (byte) (transition >> SYMBOL_SHIFT);
                }
                state = transition & 0xff;
            }
        }
        if (!MAY_END[state]) {
            throw new HpackFault("Huffman code must end in less than eight bits of ones");
        }
        return to;
    }

    /** Two children per inner node: another node, or {@code ~symbol}. */
    private static short[] tree() {
        short[] tree = new short[2 * STATES];
        int nodes = 1;
        int code = 0;
        for (int bits = 1; bits <= 30; bits++) {
            code <<= 1;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (LENGTHS[symbol] != bits) {
                    continue;
                }
                int node = 0;
                for (int bit = bits - 1; bit > 0; bit--) {
                    int child = 2 * node + (code >> bit & 1);
                    if (tree[child] == 0) {
                        tree[child] = (short) nodes++;
                    }
                    node = tree[child];
                }
                tree[2 * node + (code & 1)] = (short) ~symbol;
                code++;
            }
        }
        return tree;
    }

    private static int[] transitions() {
        int[] transitions = new int[STATES << 4];
        for (int i = 0; i < transitions.length; i++) {
            int node = i >> 4;
            int result = 0;
            for (int bit = 3; bit >= 0; bit--) {
                int next = TREE[2 * node + (i >> bit & 1)];
                if (next >= 0) {
                    node = next;
                } else if (~next == END_OF_STRING) {
                    result |= FAULT;
                    node = 0;
                } else {
                    result |= HAS_SYMBOL | ~next << SYMBOL_SHIFT;
                    node = 0;
                }
            }
            transitions[i] = result | node;
        }
        return transitions;
    }

    /** The root, and the nodes that up to seven ones lead to. */
    private static boolean[] mayEnd() {
        boolean[] mayEnd = new boolean[STATES];
        int node = 0;
        for (int bits = 0; bits <= PADDING_BITS_MAX; bits++) {
            mayEnd[node] = true;
            node = TREE[2 * node + 1];
        }
        return mayEnd;
    }
}
