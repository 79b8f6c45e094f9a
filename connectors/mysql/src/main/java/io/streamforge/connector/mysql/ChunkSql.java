package io.streamforge.connector.mysql;

import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Queries of a table's rows in the order of its key. */
final class ChunkSql {

    private final RowSchema table;
    private final List<Column> key;
    private final String from;

    ChunkSql(RowSchema table) {
        this.table = table;
        key = table.keySchema().columns();
        int dot = table.name().indexOf('.');
        from = " FROM " + quote(table.name().substring(0, dot)) + "."
                + quote(table.name().substring(dot + 1));
    }

    String nothing() {
        return "SELECT 1" + from + " LIMIT 0";
    }

    String highest() {
        String order =
                key.stream().map(column -> quote(column.name()) + " DESC").collect(Collectors.joining(", "));
        return "SELECT " + values(key) + from + " ORDER BY " + order + " LIMIT 1";
    }

    /** Parameters: {@code after} where it is given, then {@code upTo}, each as {@link #compare} counts them. */
    String chunk(List<String> after, int limit) {
        String where = (after.isEmpty() ? "" : compare(">", ">") + " AND ") + compare("<", "<=");
        return "SELECT " + values(table.columns()) + from + " WHERE " + where + " ORDER BY " + names(key) + " LIMIT "
                + limit;
    }

    void bind(PreparedStatement statement, List<String> after, List<String> upTo) throws SQLException {
        int next = after.isEmpty() ? 1 : bind(statement, 1, after);
        bind(statement, next, upTo);
    }

    private int bind(PreparedStatement statement, int from, List<String> values) throws SQLException {
        int next = from;
        if (key.size() > 1) {
            ChunkKeys.bind(statement, next++, key.get(0), values.get(0));
        }
        for (int i = 0; i < key.size(); i++) {
            for (int j = 0; j <= i; j++) {
                ChunkKeys.bind(statement, next++, key.get(j), values.get(j));
            }
        }
        return next;
    }

    /** {@code (a, b) > (?, ?)} written out, because the optimizer finds the index by this form only. */
    private String compare(String strict, String last) {
        StringBuilder sql = new StringBuilder("(");
        if (key.size() > 1) {
            sql.append(quote(key.get(0).name())).append(' ').append(strict).append("= ? AND (");
        }
        for (int i = 0; i < key.size(); i++) {
            sql.append(i == 0 ? "(" : " OR (");
            for (int j = 0; j < i; j++) {
                sql.append(quote(key.get(j).name())).append(" = ? AND ");
            }
            sql.append(quote(key.get(i).name()))
                    .append(' ')
                    .append(i == key.size() - 1 ? last : strict)
                    .append(" ?)");
        }
        return sql.append(key.size() > 1 ? "))" : ")").toString();
    }

    private static String values(List<Column> columns) {
        return columns.stream().map(ChunkSql::value).collect(Collectors.joining(", "));
    }

    /** The driver loses the zeros that a fraction of a time begins with; the server shows six digits of a FLOAT. */
    private static String value(Column column) {
        String name = quote(column.name());
        return switch (column.type().kind()) {
            case TIME, TIMESTAMP, TIMESTAMP_TZ -> "CAST(" + name + " AS CHAR)";
            case FLOAT32 -> "(" + name + " + 0E0)";
            default -> name;
        };
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
    }

    private static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
