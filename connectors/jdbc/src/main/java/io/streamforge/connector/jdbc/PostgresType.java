package io.streamforge.connector.jdbc;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as PostgreSQL's {@code format_type} writes it: {@code numeric(12,2)}, {@code timestamp(3) without time zone}.
 *
 * @param name without parameters, such as {@code timestamp without time zone}
 * @param precision first parameter, -1 when there is none
 * @param scale second parameter, 0 when there is only a first, -1 when there is none
 */
public record PostgresType(String name, int precision, int scale, boolean array) {

    /** Name of every enumerated type. */
    static final String ENUM = "enum";

    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9_ ]+?|.*citext)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( with(?:out)? time zone)?(\\[])?");

    public static PostgresType parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return new PostgresType(text, -1, -1, false);
        }
        String name = matcher.group(1).endsWith("citext") ? "citext" : matcher.group(1);
        int precision = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        int scale = matcher.group(3) == null ? Math.min(precision, 0) : Integer.parseInt(matcher.group(3));
        String zone = matcher.group(4) == null ? "" : matcher.group(4);
        return new PostgresType(name + zone, precision, scale, matcher.group(5) != null);
    }

    public PostgresType element() {
        return new PostgresType(name, precision, scale, false);
    }

    /** Object id of the built-in type, which binary arrays carry; 0 when it is not one whose arrays we write. */
    int oid() {
        return switch (name) {
            case "boolean" -> 16;
            case "bytea" -> 17;
            case "bigint" -> 20;
            case "smallint" -> 21;
            case "integer" -> 23;
            case "text" -> 25;
            case "json" -> 114;
            case "real" -> 700;
            case "double precision" -> 701;
            case "character varying" -> 1043;
            case "date" -> 1082;
            case "time without time zone" -> 1083;
            case "timestamp without time zone" -> 1114;
            case "timestamp with time zone" -> 1184;
            case "interval" -> 1186;
            case "numeric" -> 1700;
            case "uuid" -> 2950;
            case "jsonb" -> 3802;
            default -> 0;
        };
    }
}
