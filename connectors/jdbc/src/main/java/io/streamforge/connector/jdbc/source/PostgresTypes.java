package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.jdbc.PostgresType;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.record.DataType;

/** What types of PostgreSQL become. Every type can be read: what has no type of ours is read as PostgreSQL's text. */
public final class PostgresTypes {

    private static final int MICROS = 6;

    /** Of a numeric without declared precision. */
    private static final DataType FREE_NUMERIC = DataType.decimal(38, 9);

    private static final DataType MONEY = DataType.decimal(19, 2);

    private PostgresTypes() {}

    /** @param formatted as {@code format_type} writes it; {@code enum} for every enumerated type */
    public static ReadColumn column(String name, String formatted, boolean nullable) {
        PostgresType type = PostgresType.parse(formatted);
        String quoted = TableName.quote(name);
        DataType logical = type.array() ? array(type) : scalar(type);
        String expression =
                logical.kind() == DataType.Kind.STRING && !PostgresCells.textual(type) ? quoted + "::text" : quoted;
        return new ReadColumn(
                name,
                formatted,
                nullable,
                logical,
                type.name().equals("money") && !type.array() ? quoted + "::numeric" : expression);
    }

    private static DataType array(PostgresType type) {
        PostgresType element = type.element();
        boolean known = PostgresCells.textual(element) || scalar(element).kind() != DataType.Kind.STRING;
        return known && !element.name().equals("money") ? DataType.array(scalar(element)) : DataType.STRING;
    }

    private static DataType scalar(PostgresType type) {
        return switch (type.name()) {
            case "boolean" -> DataType.BOOLEAN;
            case "smallint", "integer" -> DataType.INT32;
            case "bigint", "oid" -> DataType.INT64;
            case "real" -> DataType.FLOAT32;
            case "double precision" -> DataType.FLOAT64;
            case "numeric" -> numeric(type);
            case "money" -> MONEY;
            case "bytea" -> DataType.BYTES;
            case "uuid" -> DataType.UUID;
            case "json", "jsonb" -> DataType.JSON;
            case "date" -> DataType.DATE;
            case "time without time zone" -> DataType.time(fraction(type));
            case "timestamp without time zone" -> DataType.timestamp(fraction(type));
            case "timestamp with time zone" -> DataType.timestampTz(fraction(type));
            case "interval" -> DataType.INTERVAL;
            default -> DataType.STRING;
        };
    }

    /** A negative scale rounds digits before the point; a scale above the precision means zeros behind it. */
    private static DataType numeric(PostgresType type) {
        if (type.precision() < 0) {
            return FREE_NUMERIC;
        }
        return type.scale() < 0
                ? DataType.decimal(type.precision() - type.scale(), 0)
                : DataType.decimal(Math.max(type.precision(), type.scale()), type.scale());
    }

    private static int fraction(PostgresType type) {
        return type.precision() < 0 ? MICROS : type.precision();
    }
}
