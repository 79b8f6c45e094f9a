package io.streamforge.connector.jdbc.source;

import io.streamforge.record.DataType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of a result as JDBC 4.2 gives them; a driver that is older says what it does not support. */
final class DriverCells {

    /** Takes a value out of a result in the Java form of the column's type. */
    @FunctionalInterface
    private interface Getter {
        @Nullable Object get(ResultSet row, int index) throws SQLException;
    }

    private DriverCells() {}

    static ResultCell of(ReadColumn column) {
        Getter getter = getter(column.column().type().kind());
        return (row, index, out) -> out.writeValue(getter.get(row, index));
    }

    private static Getter getter(DataType.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> (row, index) -> unlessNull(row, row.getBoolean(index));
            case INT32 -> (row, index) -> unlessNull(row, row.getInt(index));
            case INT64 -> (row, index) -> unlessNull(row, row.getLong(index));
            case FLOAT32 -> (row, index) -> unlessNull(row, row.getFloat(index));
            case FLOAT64 -> (row, index) -> unlessNull(row, row.getDouble(index));
            case DECIMAL, UINT64 -> ResultSet::getBigDecimal;
            case BYTES -> ResultSet::getBytes;
            case UUID -> DriverCells::uuid;
            case DATE -> (row, index) -> row.getObject(index, LocalDate.class);
            case TIME -> (row, index) -> row.getObject(index, LocalTime.class);
            case TIMESTAMP -> (row, index) -> row.getObject(index, LocalDateTime.class);
            case TIMESTAMP_TZ -> DriverCells::moment;
            default -> ResultSet::getString;
        };
    }

    private static @Nullable Object unlessNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object uuid(ResultSet row, int index) throws SQLException {
        String text = row.getString(index);
        return text == null ? null : UUID.fromString(text);
    }

    private static @Nullable Object moment(ResultSet row, int index) throws SQLException {
        OffsetDateTime moment = row.getObject(index, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
