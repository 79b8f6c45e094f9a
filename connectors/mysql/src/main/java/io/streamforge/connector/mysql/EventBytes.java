package io.streamforge.connector.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of an event's body in their order; numbers are little endian as in MySQL's protocol. */
final class EventBytes {

    private static final int TWO_BYTES = 0xFC;
    private static final int THREE_BYTES = 0xFD;
    private static final int EIGHT_BYTES = 0xFE;

    private final byte[] bytes;
    private final int end;
    private int at;

    EventBytes(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.end = end;
        at = from;
    }

    EventBytes(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    int position() {
        return at;
    }

    boolean more() {
        return at < end;
    }

    void skip(int count) {
        at += count;
    }

    int unsigned8() {
        return bytes[at++] & 0xFF;
    }

    int unsigned16() {
        return (int) unsigned(2);
    }

    long unsigned32() {
        return unsigned(4);
    }

    /** Up to eight bytes, the lowest first. */
    long unsigned(int size) {
        long value = littleEndian(bytes, at, size);
        at += size;
        return value;
    }

    /** A number in one, three, four or nine bytes. */
    int packed() {
        int first = unsigned8();
        return switch (first) {
            case TWO_BYTES -> unsigned16();
            case THREE_BYTES -> (int) unsigned(3);
            case EIGHT_BYTES -> Math.toIntExact(unsigned(8));
            default -> first;
        };
    }

    String text(int size) {
        String text = new String(bytes, at, size, StandardCharsets.UTF_8);
        at += size;
        return text;
    }

    byte[] copy(int size) {
        byte[] copy = Arrays.copyOfRange(bytes, at, at + size);
        at += size;
        return copy;
    }

    EventBytes block(int size) {
        EventBytes block = new EventBytes(bytes, at, at + size);
        at += size;
        return block;
    }

    String rest() {
        return text(end - at);
    }

    static long littleEndian(byte[] bytes, int from, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | (bytes[from + i] & 0xFF);
        }
        return value;
    }

    static long bigEndian(byte[] bytes, int from, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | (bytes[from + i] & 0xFF);
        }
        return value;
    }
}
