package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Whole numbers and decimals as {@code numeric}: a count of base-10000 digits, the weight of the first, a sign, the scale to
 * show, the digits without zeros at either end (PostgreSQL's {@code numeric_send}).
 */
final class CopyNumeric implements CopyColumn {

    private static final int BASE = 10_000;
    private static final int DIGITS_PER_GROUP = 4;
    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final long[] POWERS = {1, 10, 100, 1000};

    private final Column column;
    private final boolean integer;
    private final int scale;
    /** What the last group of fractional digits lacks to be four digits, as a factor. */
    private final int padding;
    /** Most digits before the point, or {@link Integer#MAX_VALUE}. */
    private final int wholeDigits;

    private short[] groups = new short[16];

    CopyNumeric(Column column, PostgresType to) {
        this.column = column;
        integer = column.type().kind() == Kind.INT32 || column.type().kind() == Kind.INT64;
        scale = column.type().scale();
        padding = (DIGITS_PER_GROUP - scale % DIGITS_PER_GROUP) % DIGITS_PER_GROUP;
        wholeDigits = to.precision() < 0 ? Integer.MAX_VALUE : to.precision() - to.scale();
    }

    @Override
    public void encode(RowCursor row, int index, CopyBuffer out) {
        if (!integer && !row.unscaledFitsLong(index)) {
            encodeLarge(row, index, out);
            return;
        }
        long unscaled = integer ? row.getLong(index) : row.getUnscaledLong(index);
        long magnitude = Math.abs(unscaled);
        long factor = POWERS[padding];
        if (magnitude < 0 || magnitude > Long.MAX_VALUE / factor) {
            encodeLarge(row, index, out);
            return;
        }
        long rest = magnitude * factor;
        int count = 0;
        while (rest != 0) {
            long quotient = rest / BASE;
            groups[count++] = (short) (rest - quotient * BASE);
            rest = quotient;
        }
        put(row, index, count, unscaled < 0, out);
    }

    private void encodeLarge(RowCursor row, int index, CopyBuffer out) {
        BigInteger unscaled = integer
                ? BigInteger.valueOf(row.getLong(index))
                : row.getDecimal(index).unscaledValue();
        String digits =
                unscaled.abs().multiply(BigInteger.valueOf(POWERS[padding])).toString();
        int count = (digits.length() + DIGITS_PER_GROUP - 1) / DIGITS_PER_GROUP;
        if (groups.length < count) {
            groups = Arrays.copyOf(groups, count);
        }
        int to = digits.length();
        for (int i = 0; i < count; i++) {
            int from = Math.max(0, to - DIGITS_PER_GROUP);
            groups[i] = Short.parseShort(digits.substring(from, to));
            to = from;
        }
        put(row, index, count, unscaled.signum() < 0, out);
    }

    /** Writes the groups, of which the first is the least significant and the last is not zero. */
    private void put(RowCursor row, int index, int count, boolean negative, CopyBuffer out) {
        int fractionGroups = (scale + padding) / DIGITS_PER_GROUP;
        requireRoom(row, index, count, fractionGroups);
        int lowest = 0;
        while (lowest < count && groups[lowest] == 0) {
            lowest++;
        }
        out.putInt(HEADER + 2 * (count - lowest));
        out.putShort(count - lowest);
        out.putShort(count == 0 ? 0 : count - 1 - fractionGroups);
        out.putShort(negative ? NEGATIVE : 0);
        out.putShort(scale);
        for (int i = count - 1; i >= lowest; i--) {
            out.putShort(groups[i]);
        }
    }

    private void requireRoom(RowCursor row, int index, int count, int fractionGroups) {
        int wholeGroups = count - fractionGroups;
        if (wholeDigits == Integer.MAX_VALUE || wholeGroups * DIGITS_PER_GROUP <= wholeDigits) {
            return;
        }
        BigDecimal value = integer ? BigDecimal.valueOf(row.getLong(index)) : row.getDecimal(index);
        if (value.signum() != 0 && value.precision() - value.scale() > wholeDigits) {
            throw new InvalidValueException(
                    column,
                    value.toPlainString(),
                    "has more than the " + wholeDigits + " digits before the point that the target column keeps");
        }
    }
}
