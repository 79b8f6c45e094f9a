package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of our types goes to which of PostgreSQL's, and by which encoder: the table in the connector's documentation. */
final class CopyColumns {

    private static final String TIME = "time without time zone";
    private static final String TIMESTAMP = "timestamp without time zone";
    private static final String TIMESTAMP_TZ = "timestamp with time zone";
    private static final int MAX_FRACTION = 6;

    private CopyColumns() {}

    /** Empty when values of the column would change on their way, or cannot go there at all. */
    static Optional<CopyColumn> of(Column column, PostgresType to) {
        if (to.array()) {
            return array(column, to);
        }
        DataType from = column.type();
        return Optional.ofNullable(
                switch (from.kind()) {
                    case BOOLEAN -> to.name().equals("boolean") ? CopyScalars::bool : null;
                    case INT32, INT64 -> integer(column, to);
                    case UINT64, DECIMAL -> decimal(column, to);
                    case FLOAT32, FLOAT64 -> real(from.kind(), to);
                    case STRING -> string(column, to);
                    case BYTES -> to.name().equals("bytea") ? CopyScalars::bytes : null;
                    case UUID -> to.name().equals("uuid") ? new CopyUuid(column) : text(column, to);
                    case DATE -> to.name().equals("date") ? CopyTimes.date(column) : null;
                    case TIME -> to.name().equals(TIME) && fraction(from, to) ? CopyTimes.time(column) : null;
                    case TIMESTAMP ->
                        to.name().equals(TIMESTAMP) && fraction(from, to) ? CopyTimes.timestamp(column) : null;
                    case TIMESTAMP_TZ ->
                        to.name().equals(TIMESTAMP_TZ) && fraction(from, to) ? CopyTimes.timestamp(column) : null;
                    case INTERVAL ->
                        to.equals(PostgresType.parse("interval")) ? new CopyInterval(column) : text(column, to);
                    case JSON -> json(column, to);
                    case ARRAY, MAP ->
                        isJson(to) ? new CopyNestedJson(column, to.name().equals("jsonb")) : null;
                });
    }

    /** The types a type can go to, for a message. */
    static String accepted(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case INT32 -> "smallint, integer, bigint, numeric and double precision";
            case INT64 -> "smallint, integer, bigint and numeric";
            case UINT64 -> "numeric of 20 digits, and to integers";
            case FLOAT32 -> "real and double precision";
            case FLOAT64 -> "double precision";
            case DECIMAL ->
                "numeric of scale " + type.scale() + " or more" + (type.scale() == 0 ? ", and to integers" : "");
            case STRING -> "text, varchar, char, citext, enums, uuid, json and jsonb";
            case BYTES -> "bytea";
            case UUID -> "uuid, text and varchar";
            case DATE -> "date";
            case TIME -> "time(" + type.precision() + ") or finer";
            case TIMESTAMP -> moment("timestamp", type);
            case TIMESTAMP_TZ -> moment("timestamptz", type);
            case INTERVAL -> "interval, text and varchar";
            case JSON -> "jsonb, json and text";
            case ARRAY -> "arrays whose elements fit, jsonb and json";
            case MAP -> "jsonb and json";
        };
    }

    private static String moment(String name, DataType type) {
        return type.nanos() ? name + " only up to 6 fractional digits" : name + "(" + type.precision() + ") or finer";
    }

    private static @Nullable CopyColumn integer(Column column, PostgresType to) {
        return switch (to.name()) {
            case "bigint" -> CopyScalars.bigint(column);
            case "integer" -> CopyScalars.integer(column);
            case "smallint" -> CopyScalars.smallint(column);
            case "numeric" -> new CopyNumeric(column, to);
            case "double precision" -> column.type().kind() == Kind.INT32 ? CopyScalars::intAsDouble : null;
            default -> null;
        };
    }

    private static @Nullable CopyColumn decimal(Column column, PostgresType to) {
        int scale = column.type().scale();
        return switch (to.name()) {
            case "numeric" -> to.precision() < 0 || to.scale() >= scale ? new CopyNumeric(column, to) : null;
            case "bigint", "integer", "smallint" -> scale == 0 ? integer(column, to) : null;
            default -> null;
        };
    }

    private static @Nullable CopyColumn real(Kind kind, PostgresType to) {
        return switch (to.name()) {
            case "real" -> kind == Kind.FLOAT32 ? CopyScalars::real : null;
            case "double precision" -> kind == Kind.FLOAT32 ? CopyScalars::realAsDouble : CopyScalars::doublePrecision;
            default -> null;
        };
    }

    private static @Nullable CopyColumn string(Column column, PostgresType to) {
        return switch (to.name()) {
            case "character", "citext", PostgresType.ENUM -> new CopyText(column, to.precision());
            case "uuid" -> new CopyUuid(column);
            default -> isJson(to) ? json(column, to) : text(column, to);
        };
    }

    private static @Nullable CopyColumn text(Column column, PostgresType to) {
        return to.name().equals("text") || to.name().equals("character varying")
                ? new CopyText(column, to.precision())
                : null;
    }

    private static @Nullable CopyColumn json(Column column, PostgresType to) {
        return switch (to.name()) {
            case "jsonb" -> CopyText.jsonb(column);
            case "json" -> new CopyText(column, -1);
            default -> text(column, to);
        };
    }

    private static Optional<CopyColumn> array(Column column, PostgresType to) {
        if (column.type().kind() != Kind.ARRAY || to.oid() == 0) {
            return Optional.empty();
        }
        Column element = Column.nullable(
                column.name(), Objects.requireNonNull(column.type().element()));
        return of(element, to.element()).map(encoder -> new CopyArray(element, to.oid(), encoder));
    }

    private static boolean fraction(DataType from, PostgresType to) {
        int kept = to.precision() < 0 ? MAX_FRACTION : to.precision();
        return from.precision() <= kept;
    }

    private static boolean isJson(PostgresType to) {
        return to.name().equals("jsonb") || to.name().equals("json");
    }
}
