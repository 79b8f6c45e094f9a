package io.streamforge.connector.jdbc;

import io.streamforge.connector.jdbc.MySqlColumn.Form;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of our types goes to which of MySQL's and MariaDB's, and in which form: the table in the connector's documentation. */
final class MySqlColumns {

    private static final int MAX_DIGITS = 65;
    private static final int MAX_SCALE = 30;

    private MySqlColumns() {}

    /** Empty when values of the column would change on their way, or cannot go there at all. */
    static Optional<MySqlColumn> of(Column column, MySqlType to) {
        DataType from = column.type();
        return Optional.ofNullable(
                switch (from.kind()) {
                    case BOOLEAN -> bool(to);
                    case INT32, INT64, UINT64 -> integer(column, to);
                    case DECIMAL -> decimal(column, to);
                    case FLOAT32, FLOAT64 -> real(column, to);
                    case STRING -> string(column, to);
                    case BYTES -> bytes(column, to);
                    case UUID -> to.name().equals("uuid") ? MySqlTexts.text(column, to) : plainText(column, to);
                    case DATE -> to.name().equals("date") ? MySqlTimes.date(column) : null;
                    case TIME -> to.name().equals("time") && fraction(from, to) ? MySqlTimes.time(column) : null;
                    case TIMESTAMP ->
                        to.name().equals("datetime") && fraction(from, to) ? MySqlTimes.datetime(column) : null;
                    case TIMESTAMP_TZ -> zoned(column, to);
                    case INTERVAL -> plainText(column, to);
                    case JSON -> text(column, to);
                    case ARRAY, MAP -> to.text() ? MySqlTexts.document(column, to) : null;
                });
    }

    static @Nullable String createdType(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case INT32 -> "int";
            case INT64 -> "bigint";
            case UINT64 -> "bigint unsigned";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case DECIMAL ->
                type.precision() <= MAX_DIGITS && type.scale() <= MAX_SCALE
                        ? "decimal(" + type.precision() + "," + type.scale() + ")"
                        : null;
            case STRING -> "longtext";
            case BYTES -> "longblob";
            case UUID -> "char(36)";
            case DATE -> "date";
            case TIME -> "time(" + type.precision() + ")";
            case TIMESTAMP, TIMESTAMP_TZ -> type.nanos() ? null : "datetime(" + type.precision() + ")";
            case INTERVAL -> "varchar(64)";
            case JSON, ARRAY, MAP -> "json";
        };
    }

    /** Keys of text are told apart by every byte, so that 'a', 'A' and 'a ' are three of them. */
    static @Nullable String createdKeyType(DataType type) {
        return switch (type.kind()) {
            case STRING -> "varchar(255)";
            case BYTES -> "varbinary(255)";
            case JSON, ARRAY, MAP -> null;
            default -> createdType(type);
        };
    }

    /** The types a type can go to, for a message. */
    static String accepted(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean, integers and bit(1)";
            case INT32 -> "integers, decimal and double";
            case INT64, UINT64 -> "integers and decimal";
            case FLOAT32 -> "float and double";
            case FLOAT64 -> "double";
            case DECIMAL ->
                "decimal of scale " + type.scale() + " or more, up to 65 digits"
                        + (type.scale() == 0 ? ", and to integers" : "");
            case STRING -> "text, varchar, char, json, enum and set";
            case BYTES -> "blob, varbinary and binary";
            case UUID -> "uuid, char(36), varchar and text";
            case DATE -> "date";
            case TIME -> "time(" + type.precision() + ") or finer";
            case TIMESTAMP -> moment("datetime", type);
            case TIMESTAMP_TZ -> moment("datetime", type) + " and timestamp, both in UTC";
            case INTERVAL -> "text, varchar and char";
            case JSON -> "json, text and varchar";
            case ARRAY, MAP -> "json and text";
        };
    }

    private static String moment(String name, DataType type) {
        return type.nanos() ? name + " only up to 6 fractional digits" : name + "(" + type.precision() + ") or finer";
    }

    private static @Nullable MySqlColumn bool(MySqlType to) {
        MySqlColumn.Encoder encoder = (row, column, out) -> out.putByte(row.getBoolean(column) ? '1' : '0');
        if (to.bits() > 0) {
            return MySqlColumn.number(encoder);
        }
        return to.name().equals("bit") ? new MySqlColumn(Form.BITS, encoder) : null;
    }

    private static @Nullable MySqlColumn integer(Column column, MySqlType to) {
        if (to.bits() > 0) {
            return MySqlNumbers.integer(column, to);
        }
        return switch (to.name()) {
            case "decimal" -> MySqlNumbers.decimal(column, to);
            case "double" -> column.type().kind() == Kind.INT32 && to.scale() < 0 ? MySqlNumbers.whole(column) : null;
            default -> null;
        };
    }

    private static @Nullable MySqlColumn decimal(Column column, MySqlType to) {
        int scale = column.type().scale();
        if (to.bits() > 0) {
            return scale == 0 ? MySqlNumbers.integer(column, to) : null;
        }
        return to.name().equals("decimal") && Math.max(0, to.scale()) >= scale
                ? MySqlNumbers.decimal(column, to)
                : null;
    }

    private static @Nullable MySqlColumn real(Column column, MySqlType to) {
        boolean single = column.type().kind() == Kind.FLOAT32;
        boolean kept = to.scale() < 0
                && (to.name().equals("double") || (single && to.name().equals("float")));
        return kept ? MySqlNumbers.real(column) : null;
    }

    private static @Nullable MySqlColumn string(Column column, MySqlType to) {
        return switch (to.name()) {
            case "enum", "set" -> MySqlTexts.labels(column, to);
            case "uuid" -> MySqlTexts.text(column, to);
            default -> text(column, to);
        };
    }

    private static @Nullable MySqlColumn text(Column column, MySqlType to) {
        return to.text() || to.characters() ? MySqlTexts.text(column, to) : null;
    }

    private static @Nullable MySqlColumn plainText(Column column, MySqlType to) {
        return to.name().equals("json") ? null : text(column, to);
    }

    private static @Nullable MySqlColumn bytes(Column column, MySqlType to) {
        return to.name().endsWith("blob") || to.name().endsWith("binary") ? MySqlTexts.bytes(column, to) : null;
    }

    private static @Nullable MySqlColumn zoned(Column column, MySqlType to) {
        if (!fraction(column.type(), to)) {
            return null;
        }
        return switch (to.name()) {
            case "datetime" -> MySqlTimes.datetime(column);
            case "timestamp" -> MySqlTimes.timestamp(column);
            default -> null;
        };
    }

    private static boolean fraction(DataType from, MySqlType to) {
        return from.precision() <= Math.max(0, to.precision());
    }
}
