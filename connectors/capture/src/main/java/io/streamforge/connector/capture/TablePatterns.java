package io.streamforge.connector.capture;

import java.util.List;
import java.util.regex.Pattern;

/** Names of tables as people list them: {@code shop.orders}, {@code shop.*}, {@code *.audit_?}; case counts. */
public final class TablePatterns {

    private final List<Pattern> patterns;

    public TablePatterns(List<String> patterns) {
        this.patterns = patterns.stream().map(TablePatterns::compile).toList();
    }

    /** Whether more tables may come to match than have been found. */
    public static boolean open(List<String> patterns, int found) {
        return found < patterns.size()
                || patterns.stream().anyMatch(pattern -> pattern.contains("*") || pattern.contains("?"));
    }

    /** @param table with its schema or database, {@code shop.orders} */
    public boolean match(String table) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(table).matches());
    }

    private static Pattern compile(String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.chars().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
