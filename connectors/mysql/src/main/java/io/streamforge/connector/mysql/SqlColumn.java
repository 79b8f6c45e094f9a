package io.streamforge.connector.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column as the server describes it.
 *
 * @param type with all that belongs to it, as in {@code information_schema.columns.column_type}: {@code bigint(20) unsigned}
 * @param charset of text, null of everything else
 */
record SqlColumn(String name, String type, @Nullable String charset, boolean nullable) {

    /** The type's name alone, in lower case: {@code bigint}. */
    String base() {
        int end = 0;
        while (end < type.length() && Character.isLetterOrDigit(type.charAt(end))) {
            end++;
        }
        return type.substring(0, end).toLowerCase(Locale.ROOT);
    }

    boolean unsigned() {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains(" unsigned") || lower.contains(" zerofill");
    }

    /** The number in the parentheses of the type, such as the length of BINARY(16), or the fallback. */
    int length(int fallback) {
        int open = type.indexOf('(');
        if (open < 0) {
            return fallback;
        }
        int end = open + 1;
        while (end < type.length() && Character.isDigit(type.charAt(end))) {
            end++;
        }
        return end == open + 1 ? fallback : Integer.parseInt(type.substring(open + 1, end));
    }

    /** The second number in the parentheses, or 0. */
    int scale() {
        int comma = type.indexOf(',');
        int close = type.indexOf(')');
        return comma < 0 || close < comma
                ? 0
                : Integer.parseInt(type.substring(comma + 1, close).strip());
    }

    /** Members of ENUM and SET in their order. */
    List<String> members() {
        List<String> members = new ArrayList<>();
        int at = type.indexOf('(') + 1;
        while (at > 0 && at < type.length() && type.charAt(at) == '\'') {
            StringBuilder member = new StringBuilder();
            at++;
            while (type.charAt(at) != '\'' || (at + 1 < type.length() && type.charAt(at + 1) == '\'')) {
                at += type.charAt(at) == '\'' ? 1 : 0;
                member.append(type.charAt(at++));
            }
            members.add(member.toString());
            at += 1;
            at += at < type.length() && type.charAt(at) == ',' ? 1 : 0;
        }
        return members;
    }
}
