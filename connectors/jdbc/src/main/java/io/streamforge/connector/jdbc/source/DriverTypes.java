package io.streamforge.connector.jdbc.source;

import io.streamforge.record.DataType;
import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the standard's types become, as a driver names them. */
final class DriverTypes {

    private static final int MICROS = 6;
    private static final int NANOS = 9;

    private DriverTypes() {}

    /**
     * The type of the rows' column; null when values of the type cannot be read.
     *
     * @param code of {@link Types}
     * @param name as the database writes it
     * @param size digits of a number, bits of a BIT
     * @param digits behind the point
     */
    static @Nullable DataType of(int code, String name, int size, int digits) {
        String upper = name.toUpperCase(Locale.ROOT);
        return switch (upper) {
            case "UUID" -> DataType.UUID;
            case "JSON" -> DataType.JSON;
            default -> of(code, upper.contains("UNSIGNED"), size, digits);
        };
    }

    private static @Nullable DataType of(int code, boolean unsigned, int size, int digits) {
        return switch (code) {
            case Types.BOOLEAN -> DataType.BOOLEAN;
            case Types.BIT -> size <= 1 ? DataType.BOOLEAN : null;
            case Types.TINYINT, Types.SMALLINT -> DataType.INT32;
            case Types.INTEGER -> unsigned ? DataType.INT64 : DataType.INT32;
            case Types.BIGINT -> unsigned ? DataType.UINT64 : DataType.INT64;
            case Types.REAL -> DataType.FLOAT32;
            case Types.FLOAT, Types.DOUBLE -> DataType.FLOAT64;
            case Types.DECIMAL, Types.NUMERIC -> decimal(size, digits);
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB,
                    Types.SQLXML -> DataType.STRING;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> DataType.BYTES;
            case Types.DATE -> DataType.DATE;
            case Types.TIME -> digits <= MICROS ? DataType.time(Math.max(0, digits)) : null;
            case Types.TIMESTAMP -> DataType.timestamp(Math.min(Math.max(0, digits), NANOS));
            case Types.TIMESTAMP_WITH_TIMEZONE -> DataType.timestampTz(Math.min(Math.max(0, digits), NANOS));
            default -> null;
        };
    }

    /** Numbers whose digits the database does not bound, or counts from before the point, have no type of ours. */
    private static @Nullable DataType decimal(int size, int digits) {
        boolean bounded = size > 0 && size <= DataType.MAX_DECIMAL_PRECISION && digits >= 0 && digits <= size;
        return bounded ? DataType.decimal(size, digits) : null;
    }
}
