package io.streamforge.connector.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as {@code information_schema.columns.column_type} writes it: {@code int(11) unsigned}, {@code enum('a','b')}.
 *
 * @param name without parameters, such as {@code varchar}
 * @param precision first parameter, -1 when there is none
 * @param scale second parameter, -1 when there is none
 * @param labels of an {@code enum} or {@code set}
 */
record MySqlType(String name, int precision, int scale, boolean unsigned, List<String> labels) {

    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9]+)(?: precision)?(?:\\((\\d+)(?:,(\\d+))?\\))?( unsigned)?.*");
    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

    MySqlType {
        labels = List.copyOf(labels);
    }

    static MySqlType parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("enum(") || lower.startsWith("set(")) {
            List<String> labels = new ArrayList<>();
            Matcher label = LABEL.matcher(text);
            while (label.find()) {
                labels.add(label.group(1).replace("''", "'"));
            }
            return new MySqlType(lower.substring(0, lower.indexOf('(')), -1, -1, false, labels);
        }
        Matcher matcher = TEXT.matcher(lower);
        if (!matcher.matches()) {
            return new MySqlType(lower, -1, -1, false, List.of());
        }
        int precision = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
        int scale = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
        return new MySqlType(matcher.group(1), precision, scale, matcher.group(4) != null, List.of());
    }

    /** Bits of an integer type, 0 for any other. */
    int bits() {
        return switch (name) {
            case "tinyint" -> 8;
            case "smallint" -> 16;
            case "mediumint" -> 24;
            case "int", "integer" -> 32;
            case "bigint" -> 64;
            default -> 0;
        };
    }

    /** The most bytes that a type of text or bytes holds, 0 for any other. */
    long bytes() {
        return switch (name) {
            case "tinytext", "tinyblob" -> 0xFF;
            case "text", "blob" -> 0xFFFF;
            case "mediumtext", "mediumblob" -> 0xFF_FFFF;
            case "longtext", "longblob", "json" -> 0xFFFF_FFFFL;
            default -> 0;
        };
    }

    boolean text() {
        return name.endsWith("text") || name.equals("json");
    }

    boolean characters() {
        return name.equals("char") || name.equals("varchar");
    }
}
