package io.streamforge.connector.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text of SQL or of LOAD DATA in an array that grows: in both, a backslash escapes, so that a value is escaped once for either.
 */
final class MySqlText {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[96 * 1024];
    private int length;

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Drops everything from {@code newLength} on. */
    void truncate(int newLength) {
        length = newLength;
    }

    void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void putAscii(String text) {
        int size = text.length();
        ensure(size);
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    void putNumber(long value) {
        if (value >= 0 && value < 10) {
            putByte('0' + (int) value);
        } else {
            putAscii(Long.toString(value));
        }
    }

    /** A number that is not negative, with zeros before it. */
    void putDigits(int value, int width) {
        ensure(width);
        int rest = value;
        for (int i = width - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    void putEscaped(byte[] utf8, int from, int to) {
        ensure(2 * (to - from));
        for (int i = from; i < to; i++) {
            byte each = utf8[i];
            int escaped =
                    switch (each) {
                        case 0 -> '0';
                        case '\t' -> 't';
                        case '\n' -> 'n';
                        case '\\', '\'' -> each;
                        default -> 0;
                    };
            if (escaped != 0) {
                bytes[length++] = '\\';
                bytes[length++] = (byte) escaped;
            } else {
                bytes[length++] = each;
            }
        }
    }

    void putHex(byte[] source, int from, int to) {
        ensure(2 * (to - from));
        for (int i = from; i < to; i++) {
            bytes[length++] = HEX[(source[i] >> 4) & 0xF];
            bytes[length++] = HEX[source[i] & 0xF];
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
