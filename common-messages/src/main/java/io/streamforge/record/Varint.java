package io.streamforge.record;

/** Avro's primitive encodings: zig-zag variable-length integers and little-endian fixed-width numbers. */
final class Varint {

    /** Union branches 0 (null) and 1 (the value) in zig-zag form. */
    static final byte NULL_BRANCH = 0;

    static final byte VALUE_BRANCH = 2;

    private Varint() {}

    /** Writes {@code value} at {@code at}, at most ten bytes, and returns the position after it. */
    static int write(long value, byte[] bytes, int at) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    static int skip(byte[] bytes, int at) {
        while (bytes[at++] < 0) {
            // each byte but the last has its high bit set
        }
        return at;
    }

    static long read(byte[] bytes, int at) {
        int b = bytes[at];
        if (b >= 0) {
            return (b >>> 1) ^ -(b & 1L);
        }
        long result = b & 0x7F;
        int shift = 7;
        do {
            b = bytes[++at];
            result |= (b & 0x7FL) << shift;
            shift += 7;
        } while (b < 0);
        return (result >>> 1) ^ -(result & 1);
    }

    /** Skips a length and as many bytes. */
    static int skipSized(byte[] bytes, int at) {
        int b = bytes[at];
        if (b >= 0 && (b & 1) == 0) {
            return at + 1 + (b >> 1);
        }
        int content = skip(bytes, at);
        long size = read(bytes, at);
        if (size < 0 || size > bytes.length - content) {
            throw new IndexOutOfBoundsException("a length of " + size);
        }
        return content + (int) size;
    }

    /** Reads the branch of a union with null. */
    static boolean isNull(byte[] bytes, int at) {
        int branch = bytes[at];
        if ((branch & ~VALUE_BRANCH) != 0) {
            throw new IndexOutOfBoundsException("a union branch of " + branch);
        }
        return branch == NULL_BRANCH;
    }

    static void writeFixed32(int value, byte[] bytes, int at) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }

    static void writeFixed64(long value, byte[] bytes, int at) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }

    static int readFixed32(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | (bytes[at + 3] & 0xFF) << 24;
    }

    static long readFixed64(byte[] bytes, int at) {
        return (readFixed32(bytes, at) & 0xFFFFFFFFL) | (long) readFixed32(bytes, at + 4) << 32;
    }

    /** Bytes of the shortest two's-complement form. */
    static int twosComplementSize(long value) {
        long magnitude = value ^ (value >> 63);
        return (64 - Long.numberOfLeadingZeros(magnitude)) / 8 + 1;
    }
}
