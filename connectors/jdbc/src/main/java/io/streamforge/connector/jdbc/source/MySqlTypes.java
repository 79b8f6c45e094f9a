package io.streamforge.connector.jdbc.source;

import io.streamforge.record.DataType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What types of MySQL and MariaDB become, by their text in {@code information_schema.columns.column_type}. */
public final class MySqlTypes {

    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9 ]+?)\\s*(?:\\((.*)\\))?(\\s+unsigned)?(\\s+zerofill)?(\\s.*)?", Pattern.DOTALL);

    /**
     * A type in its parts.
     *
     * @param name in lower case, without parameters: {@code bigint}, {@code varchar}
     * @param precision first parameter, -1 when there is none or it is no number
     * @param scale second parameter, 0 when there is none
     */
    public record Parsed(String name, int precision, int scale, boolean unsigned) {}

    private MySqlTypes() {}

    public static Parsed parse(String columnType) {
        Matcher matcher = TEXT.matcher(columnType.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return new Parsed(columnType.toLowerCase(Locale.ROOT), -1, 0, false);
        }
        String parameters = matcher.group(2) == null ? "" : matcher.group(2);
        boolean numbers = parameters.matches("\\d+(\\s*,\\s*\\d+)?");
        String[] parts = numbers ? parameters.split("\\s*,\\s*", -1) : new String[0];
        return new Parsed(
                matcher.group(1),
                parts.length > 0 ? Integer.parseInt(parts[0]) : -1,
                parts.length > 1 ? Integer.parseInt(parts[1]) : 0,
                matcher.group(3) != null || matcher.group(4) != null);
    }

    /** The type of the rows' column; empty when values of the type cannot be read. */
    public static Optional<DataType> of(String columnType) {
        return of(parse(columnType));
    }

    static Optional<DataType> of(Parsed type) {
        return Optional.ofNullable(
                switch (type.name()) {
                    case "tinyint", "smallint", "mediumint", "year" -> DataType.INT32;
                    case "int", "integer" -> type.unsigned() ? DataType.INT64 : DataType.INT32;
                    case "bigint" -> type.unsigned() ? DataType.UINT64 : DataType.INT64;
                    case "bit" -> bits(type.precision());
                    case "float" -> DataType.FLOAT32;
                    case "double", "real" -> DataType.FLOAT64;
                    case "decimal", "numeric" ->
                        DataType.decimal(type.precision() < 0 ? 10 : type.precision(), type.scale());
                    case "char",
                            "varchar",
                            "tinytext",
                            "text",
                            "mediumtext",
                            "longtext",
                            "enum",
                            "set",
                            "inet4",
                            "inet6" -> DataType.STRING;
                    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> DataType.BYTES;
                    case "json" -> DataType.JSON;
                    case "uuid" -> DataType.UUID;
                    case "date" -> DataType.DATE;
                    case "time" -> DataType.time(Math.max(0, type.precision()));
                    case "datetime" -> DataType.timestamp(Math.max(0, type.precision()));
                    case "timestamp" -> DataType.timestampTz(Math.max(0, type.precision()));
                    default -> null;
                });
    }

    /**
     * A column to read. Bits are read as numbers, and floating point of four bytes as of eight, because the server shows only six
     * digits of it. Dates and times are read as texts: as what they are, the driver parses and formats each of them.
     */
    public static ReadColumn column(String name, String columnType, boolean nullable) {
        String quoted = MySqlReads.quote(name);
        String expression =
                switch (parse(columnType).name()) {
                    case "bit" -> "(" + quoted + " + 0)";
                    case "float" -> "(" + quoted + " + 0E0)";
                    case "date", "time", "datetime", "timestamp" -> "CAST(" + quoted + " AS CHAR)";
                    default -> quoted;
                };
        return new ReadColumn(name, columnType, nullable, of(columnType).orElse(null), expression);
    }

    /** A type of a result as {@code column_type} would have it. */
    public static String ofResult(String typeName, int precision, int scale) {
        String name = typeName.toLowerCase(Locale.ROOT).replace("integer", "int");
        return switch (name) {
            case "boolean" -> "tinyint(1)";
            case "decimal", "decimal unsigned" -> "decimal(" + precision + "," + scale + ")";
            case "datetime", "timestamp", "time" -> name + "(" + scale + ")";
            case "bit" -> "bit(" + precision + ")";
            default -> name;
        };
    }

    private static DataType bits(int length) {
        if (length <= 1) {
            return DataType.BOOLEAN;
        }
        return length < Long.SIZE ? DataType.INT64 : DataType.UINT64;
    }
}
