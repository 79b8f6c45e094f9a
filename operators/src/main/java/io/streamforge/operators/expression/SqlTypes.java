package io.streamforge.operators.expression;

import io.streamforge.record.DataType;
import java.util.Locale;
import java.util.Map;

/** Type names: ours, and SQL's where they mean the same. */
final class SqlTypes {

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("BOOL", "BOOLEAN"),
            Map.entry("INT", "INT32"),
            Map.entry("INTEGER", "INT32"),
            Map.entry("BIGINT", "INT64"),
            Map.entry("REAL", "FLOAT32"),
            Map.entry("FLOAT", "FLOAT64"),
            Map.entry("DOUBLE", "FLOAT64"),
            Map.entry("NUMERIC", "DECIMAL"),
            Map.entry("VARCHAR", "STRING"),
            Map.entry("TEXT", "STRING"),
            Map.entry("CHAR", "STRING"),
            Map.entry("TIMESTAMPTZ", "TIMESTAMP_TZ"));

    private SqlTypes() {}

    /** @throws IllegalArgumentException when there is no such type */
    static DataType parse(String text) {
        int open = text.indexOf('(');
        String name = (open < 0 ? text : text.substring(0, open)).strip().toUpperCase(Locale.ROOT);
        String parameters = open < 0 ? "" : text.substring(open);
        String known = ALIASES.getOrDefault(name, name);
        if (known.equals("STRING") && !parameters.isEmpty()) {
            throw new IllegalArgumentException(name + parameters + ": texts have no length; use LEFT(text, n)");
        }
        if (known.equals("DECIMAL") && parameters.isEmpty()) {
            throw new IllegalArgumentException("DECIMAL needs its digits, such as DECIMAL(12,2)");
        }
        return DataType.parse(known + parameters);
    }
}
