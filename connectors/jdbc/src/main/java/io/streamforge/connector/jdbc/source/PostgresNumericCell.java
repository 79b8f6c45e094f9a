package io.streamforge.connector.jdbc.source;

import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;

/** {@code numeric}: a count of base-10000 digits, the weight of the first, a sign, the scale, the digits ({@code numeric_send}). */
final class PostgresNumericCell implements PostgresCell {

    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int DIGITS_PER_GROUP = 4;
    private static final int BASE = 10_000;
    private static final int LONG_DIGITS = 18;
    private static final long[] POWERS = new long[LONG_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i <= LONG_DIGITS; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final Column column;
    private final int scale;
    private final int precision;

    PostgresNumericCell(Column column) {
        this.column = column;
        scale = column.type().scale();
        precision = column.type().precision();
    }

    @Override
    public void decode(byte[] source, int at, int length, RowWriter out) {
        int groups = BigEndian.int16(source, at);
        int weight = BigEndian.int16(source, at + 2);
        int sign = BigEndian.int16(source, at + 4) & 0xFFFF;
        if (sign != 0 && sign != NEGATIVE) {
            throw new InvalidValueException(
                    column, sign == 0xC000 ? "NaN" : sign == 0xD000 ? "Infinity" : "-Infinity", "is no decimal number");
        }
        int exponent = scale + DIGITS_PER_GROUP * (weight - groups + 1);
        int digits = DIGITS_PER_GROUP * groups + exponent;
        if (groups * DIGITS_PER_GROUP > LONG_DIGITS
                || exponent < -LONG_DIGITS
                || digits > LONG_DIGITS
                || digits > precision + 3) {
            decodeLarge(source, at, groups, weight, sign == NEGATIVE, out);
            return;
        }
        long unscaled = 0;
        for (int i = 0; i < groups; i++) {
            unscaled = unscaled * BASE + BigEndian.int16(source, at + HEADER + 2 * i);
        }
        if (exponent >= 0) {
            unscaled *= POWERS[exponent];
        } else {
            long divisor = POWERS[-exponent];
            if (unscaled % divisor != 0) {
                decodeLarge(source, at, groups, weight, sign == NEGATIVE, out);
                return;
            }
            unscaled /= divisor;
        }
        if (precision <= LONG_DIGITS && unscaled >= POWERS[precision]) {
            decodeLarge(source, at, groups, weight, sign == NEGATIVE, out);
            return;
        }
        out.writeUnscaled(sign == NEGATIVE ? -unscaled : unscaled);
    }

    /** Also for what the column cannot hold, which the writer then says. */
    private static void decodeLarge(byte[] source, int at, int groups, int weight, boolean negative, RowWriter out) {
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            unscaled = unscaled.multiply(BigInteger.valueOf(BASE))
                    .add(BigInteger.valueOf(BigEndian.int16(source, at + HEADER + 2 * i)));
        }
        BigDecimal value =
                new BigDecimal(negative ? unscaled.negate() : unscaled, DIGITS_PER_GROUP * (groups - 1 - weight));
        out.writeDecimal(value);
    }
}
