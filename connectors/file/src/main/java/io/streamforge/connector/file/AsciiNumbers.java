package io.streamforge.connector.file;

/**
 * Numbers of up to 18 digits from ASCII. What these methods do not take ({@link #NONE}, NaN) is not necessarily wrong: it is
 * rare, and left to slower code.
 */
final class AsciiNumbers {

    static final long NONE = Long.MIN_VALUE;

    private static final int MAX_DIGITS = 18;
    private static final int MAX_EXACT_DIGITS = 15;
    private static final long[] POWERS = new long[MAX_DIGITS + 1];
    private static final double[] EXACT_POWERS = new double[MAX_EXACT_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int i = 0; i < EXACT_POWERS.length; i++) {
            EXACT_POWERS[i] = POWERS[i];
        }
    }

    private AsciiNumbers() {}

    static long integer(byte[] bytes, int from, int to) {
        int at = bytes[from] == '-' ? from + 1 : from;
        if (at == to || to - at > MAX_DIGITS) {
            return NONE;
        }
        long value = digits(bytes, at, to);
        return value < 0 ? NONE : at == from ? value : -value;
    }

    /** The number times ten to the {@code scale}, when it has no more fractional digits than that. */
    static long unscaled(byte[] bytes, int from, int to, int scale) {
        int at = bytes[from] == '-' ? from + 1 : from;
        int point = point(bytes, at, to);
        int fraction = point == to ? 0 : to - point - 1;
        if (point == to - 1 || at == to || fraction > scale || point - at + scale > MAX_DIGITS) {
            return NONE;
        }
        long whole = digits(bytes, at, point);
        long part = fraction == 0 ? 0 : digits(bytes, point + 1, to);
        if (whole < 0 || part < 0) {
            return NONE;
        }
        long unscaled = whole * POWERS[scale] + part * POWERS[scale - fraction];
        return at == from ? unscaled : -unscaled;
    }

    /** The nearest double of a plain decimal of at most 15 digits: exact operands make the division the only rounding. */
    static double real(byte[] bytes, int from, int to) {
        int at = bytes[from] == '-' ? from + 1 : from;
        int point = point(bytes, at, to);
        int fraction = point == to ? 0 : to - point - 1;
        if (point == to - 1 || at == to || to - at > MAX_EXACT_DIGITS) {
            return Double.NaN;
        }
        long whole = digits(bytes, at, point);
        long part = fraction == 0 ? 0 : digits(bytes, point + 1, to);
        if (whole < 0 || part < 0) {
            return Double.NaN;
        }
        double value = (double) (whole * POWERS[fraction] + part) / EXACT_POWERS[fraction];
        return at == from ? value : -value;
    }

    /** Decimal digits of the magnitude; 1 for 0. */
    static int digits(long value) {
        long magnitude = Math.abs(value);
        int digits = 1;
        while (digits <= MAX_DIGITS && magnitude >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    private static int point(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '.') {
            at++;
        }
        return at;
    }

    /** The value of digits alone, negative when there is another character. */
    private static long digits(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
