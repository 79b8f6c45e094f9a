package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of our types goes to which column of SQLite, and in which form: the table in the connector's documentation. */
final class SqliteBinders {

    /** Decimal digits that every double keeps. */
    private static final int EXACT_DIGITS = 15;

    private static final int LONG_DIGITS = 18;

    private SqliteBinders() {}

    /** Empty when values of the column would change on their way. */
    static Optional<SqliteBinder> of(Column column, SqliteAffinity affinity) {
        DataType type = column.type();
        return Optional.ofNullable(
                switch (type.kind()) {
                    case BOOLEAN -> affinity.keepsWhole() ? SqliteBinders::bool : null;
                    case INT32 ->
                        affinity.keepsWhole() || affinity == SqliteAffinity.REAL ? SqliteBinders::whole : null;
                    case INT64 -> affinity.keepsWhole() ? SqliteBinders::whole : null;
                    case UINT64 -> unsigned(column, affinity);
                    case FLOAT32, FLOAT64 -> real(column, affinity);
                    case DECIMAL -> decimal(column, affinity);
                    case BYTES -> affinity == SqliteAffinity.BLOB ? SqliteBinders::bytes : null;
                    case STRING, UUID, INTERVAL, JSON -> affinity.keepsText() ? SqliteBinders::text : null;
                    case ARRAY, MAP -> affinity.keepsText() ? SqliteBinders::json : null;
                    case DATE -> moments(DateTimeFormatter.ISO_LOCAL_DATE, affinity);
                    case TIME -> moments(timeOfDay(type).toFormatter(Locale.ROOT), affinity);
                    case TIMESTAMP -> moments(dateAndTime(type).toFormatter(Locale.ROOT), affinity);
                    case TIMESTAMP_TZ ->
                        moments(
                                dateAndTime(type)
                                        .appendLiteral('Z')
                                        .toFormatter(Locale.ROOT)
                                        .withZone(ZoneOffset.UTC),
                                affinity);
                });
    }

    /** The types of columns a type can go to, for a message. */
    static String accepted(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN, INT64 -> "INTEGER";
            case INT32 -> "INTEGER and REAL";
            case UINT64 -> "TEXT and INTEGER";
            case FLOAT32, FLOAT64 -> "REAL";
            case DECIMAL ->
                type.precision() <= EXACT_DIGITS ? "TEXT, and rounded to the nearest double to REAL" : "TEXT";
            case BYTES -> "BLOB";
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> "TEXT, DATE, TIME and DATETIME";
            default -> "TEXT";
        };
    }

    static String createdType(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "BOOLEAN";
            case INT32, INT64 -> "INTEGER";
            case FLOAT32, FLOAT64 -> "REAL";
            case BYTES -> "BLOB";
            default -> "TEXT";
        };
    }

    private static @Nullable SqliteBinder unsigned(Column column, SqliteAffinity affinity) {
        if (affinity.keepsText()) {
            return SqliteBinders::plain;
        }
        return affinity == SqliteAffinity.REAL
                ? null
                : (row, index, statement, parameter) -> {
                    if (!row.unscaledFitsLong(index)) {
                        throw new InvalidValueException(
                                column, row.value(index) + "", "does not fit SQLite's 64 bits with a sign");
                    }
                    statement.setLong(parameter, row.getUnscaledLong(index));
                };
    }

    private static @Nullable SqliteBinder real(Column column, SqliteAffinity affinity) {
        boolean single = column.type().kind() == DataType.Kind.FLOAT32;
        boolean kept = affinity == SqliteAffinity.REAL
                || affinity == SqliteAffinity.NUMERIC
                || affinity == SqliteAffinity.BLOB;
        return !kept
                ? null
                : (row, index, statement, parameter) -> {
                    double value = single ? row.getFloat(index) : row.getDouble(index);
                    if (Double.isNaN(value)) {
                        throw new InvalidValueException(column, value, "SQLite would store null instead");
                    }
                    statement.setDouble(parameter, value);
                };
    }

    private static @Nullable SqliteBinder decimal(Column column, SqliteAffinity affinity) {
        DataType type = column.type();
        if (affinity.keepsText()) {
            return SqliteBinders::plain;
        }
        if (type.scale() == 0 && type.precision() <= LONG_DIGITS && affinity.keepsWhole()) {
            return (row, index, statement, parameter) -> statement.setLong(parameter, row.getUnscaledLong(index));
        }
        boolean kept = affinity == SqliteAffinity.REAL || affinity == SqliteAffinity.NUMERIC;
        return !kept || type.precision() > EXACT_DIGITS
                ? null
                : (row, index, statement, parameter) ->
                        statement.setDouble(parameter, row.getDecimal(index).doubleValue());
    }

    /** Text of fixed width, so that the order of the text is the order of time. */
    private static @Nullable SqliteBinder moments(DateTimeFormatter format, SqliteAffinity affinity) {
        return affinity == SqliteAffinity.INTEGER || affinity == SqliteAffinity.REAL
                ? null
                : (row, index, statement, parameter) -> statement.setString(
                        parameter, format.format((TemporalAccessor) Objects.requireNonNull(row.value(index))));
    }

    private static DateTimeFormatterBuilder timeOfDay(DataType type) {
        DateTimeFormatterBuilder format = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss");
        if (type.precision() > 0) {
            format.appendFraction(ChronoField.NANO_OF_SECOND, type.precision(), type.precision(), true);
        }
        return format;
    }

    private static DateTimeFormatterBuilder dateAndTime(DataType type) {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral('T')
                .append(timeOfDay(type).toFormatter(Locale.ROOT));
    }

    private static void bool(RowCursor row, int column, PreparedStatement statement, int parameter)
            throws SQLException {
        statement.setInt(parameter, row.getBoolean(column) ? 1 : 0);
    }

    private static void whole(RowCursor row, int column, PreparedStatement statement, int parameter)
            throws SQLException {
        statement.setLong(parameter, row.getLong(column));
    }

    private static void plain(RowCursor row, int column, PreparedStatement statement, int parameter)
            throws SQLException {
        statement.setString(parameter, row.getDecimal(column).toPlainString());
    }

    private static void bytes(RowCursor row, int column, PreparedStatement statement, int parameter)
            throws SQLException {
        statement.setBytes(parameter, row.getBytes(column));
    }

    private static void text(RowCursor row, int column, PreparedStatement statement, int parameter)
            throws SQLException {
        statement.setString(parameter, row.getString(column));
    }

    private static void json(RowCursor row, int column, PreparedStatement statement, int parameter)
            throws SQLException {
        statement.setString(parameter, JsonRows.text(row, column));
    }
}
