package io.streamforge.connector.mysql;

import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * DECIMAL as both servers pack it: groups of nine digits in four bytes, shorter groups at both ends, the sign in the highest
 * bit, negative numbers inverted.
 */
record DecimalCell(int precision, int scale) implements Cell {

    private static final int GROUP = 9;
    private static final int LONG_DIGITS = 18;
    private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
    private static final long[] POWERS = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    static int size(int precision, int scale) {
        int whole = precision - scale;
        return whole / GROUP * 4 + BYTES[whole % GROUP] + scale / GROUP * 4 + BYTES[scale % GROUP];
    }

    @Override
    public void write(byte[] bytes, int at, RowWriter row) {
        boolean negative = (bytes[at] & 0x80) == 0;
        if (precision <= LONG_DIGITS) {
            long unscaled = new Digits(bytes, at, negative).unscaled();
            row.writeUnscaled(negative ? -unscaled : unscaled);
        } else {
            BigInteger unscaled = new Digits(bytes, at, negative).bigUnscaled();
            row.writeDecimal(new BigDecimal(negative ? unscaled.negate() : unscaled, scale));
        }
    }

    private final class Digits {

        private final byte[] bytes;
        private final int start;
        private final int flip;
        private int at;

        Digits(byte[] bytes, int start, boolean negative) {
            this.bytes = bytes;
            this.start = start;
            flip = negative ? 0xFF : 0;
            at = start;
        }

        long unscaled() {
            int whole = precision - scale;
            long value = group(whole % GROUP);
            for (int i = whole / GROUP + scale / GROUP; i > 0; i--) {
                value = value * POWERS[GROUP] + group(GROUP);
            }
            int last = scale % GROUP;
            return last == 0 ? value : value * POWERS[last] + group(last);
        }

        BigInteger bigUnscaled() {
            int whole = precision - scale;
            BigInteger value = BigInteger.valueOf(group(whole % GROUP));
            for (int i = whole / GROUP + scale / GROUP; i > 0; i--) {
                value = value.multiply(BigInteger.valueOf(POWERS[GROUP])).add(BigInteger.valueOf(group(GROUP)));
            }
            int last = scale % GROUP;
            return last == 0
                    ? value
                    : value.multiply(BigInteger.valueOf(POWERS[last])).add(BigInteger.valueOf(group(last)));
        }

        private long group(int digits) {
            long value = 0;
            for (int i = BYTES[digits]; i > 0; i--) {
                int raw = (bytes[at] & 0xFF) ^ flip;
                value = value << 8 | (at == start ? raw & 0x7F : raw);
                at++;
            }
            return value;
        }
    }
}
