package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.InvalidValueException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Integers, decimals and floating point. */
final class MySqlNumbers {

    private MySqlNumbers() {}

    /** Within the range of the target's integer type. */
    static MySqlColumn integer(Column column, MySqlType to) {
        boolean plain = column.type().kind() == Kind.INT32 || column.type().kind() == Kind.INT64;
        int bits = to.bits() - (to.unsigned() ? 0 : 1);
        BigInteger afterLast = BigInteger.ONE.shiftLeft(bits);
        BigInteger first = to.unsigned() ? BigInteger.ZERO : afterLast.negate();
        long least = first.longValue();
        long most =
                bits > 63 ? Long.MAX_VALUE : afterLast.subtract(BigInteger.ONE).longValue();
        if (plain) {
            return MySqlColumn.number((row, index, out) -> {
                long value = row.getLong(index);
                if (value < least || value > most) {
                    throw outside(column, value, to);
                }
                out.putNumber(value);
            });
        }
        return MySqlColumn.number((row, index, out) -> {
            BigDecimal value = row.getDecimal(index);
            BigInteger whole = value.toBigInteger();
            if (whole.compareTo(first) < 0 || whole.compareTo(afterLast) >= 0) {
                throw outside(column, value, to);
            }
            out.putAscii(whole.toString());
        });
    }

    static MySqlColumn whole(Column column) {
        return MySqlColumn.number((row, index, out) -> out.putNumber(row.getLong(index)));
    }

    static MySqlColumn decimal(Column column, MySqlType to) {
        int digits = to.precision() - Math.max(0, to.scale());
        boolean plain = column.type().kind() == Kind.INT32 || column.type().kind() == Kind.INT64;
        return MySqlColumn.number((row, index, out) -> {
            BigDecimal value = plain ? BigDecimal.valueOf(row.getLong(index)) : row.getDecimal(index);
            boolean fits = value.signum() == 0 || value.precision() - value.scale() <= digits;
            if (!fits || (to.unsigned() && value.signum() < 0)) {
                throw outside(column, value, to);
            }
            out.putAscii(value.toPlainString());
        });
    }

    /** All digits of a double, also for 32 bits: the server reads a double before it rounds. */
    static MySqlColumn real(Column column) {
        boolean narrow = column.type().kind() == Kind.FLOAT32;
        return MySqlColumn.number((row, index, out) -> {
            double value = narrow ? row.getFloat(index) : row.getDouble(index);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new InvalidValueException(column, value, "cannot be stored by MySQL");
            }
            out.putAscii(Double.toString(value));
        });
    }

    private static InvalidValueException outside(Column column, Object value, MySqlType to) {
        return new InvalidValueException(
                column, value, "does not fit the target's " + (to.unsigned() ? "unsigned " : "") + to.name());
    }
}
