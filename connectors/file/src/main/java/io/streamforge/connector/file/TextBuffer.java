package io.streamforge.connector.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing UTF-8 text. */
final class TextBuffer {

    private byte[] bytes = new byte[64 << 10];
    private int length;

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }

    void clear() {
        length = 0;
    }

    /** Forgets what lies behind {@code newLength}. */
    void truncate(int newLength) {
        length = newLength;
    }

    ByteBuffer content() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    void add(int b) {
        ensure(1);
        bytes[length++] = (byte) b;
    }

    void add(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    void add(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(utf8, 0, utf8.length);
    }

    /** A whole number in decimal digits. */
    void number(long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                add("-9223372036854775808");
                return;
            }
            add('-');
        }
        long rest = Math.abs(value);
        digits(rest, AsciiNumbers.digits(rest));
    }

    /** The last {@code count} digits of a positive number, with leading zeros. */
    void digits(long value, int count) {
        ensure(count);
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    /** A plain decimal with {@code scale} fractional digits. */
    void decimal(long unscaled, int scale) {
        if (scale == 0 || scale > 17 || unscaled == Long.MIN_VALUE) {
            add(java.math.BigDecimal.valueOf(unscaled, scale).toPlainString());
            return;
        }
        if (unscaled < 0) {
            add('-');
        }
        long power = 1;
        for (int i = 0; i < scale; i++) {
            power *= 10;
        }
        long magnitude = Math.abs(unscaled);
        number(magnitude / power);
        add('.');
        digits(magnitude % power, scale);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.multiplyExact(bytes.length, 2), length + more));
        }
    }
}
