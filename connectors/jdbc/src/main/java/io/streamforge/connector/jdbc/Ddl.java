package io.streamforge.connector.jdbc;

import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statement that creates a target. */
final class Ddl {

    private Ddl() {}

    /** @param key columns of the primary key, which refuse null; empty for none */
    static String createTable(TableName table, RowSchema schema, List<String> key, Dialect dialect) {
        Stream<String> columns = schema.columns().stream().map(column -> definition(column, key, dialect));
        Stream<String> primaryKey = key.isEmpty() ? Stream.of() : Stream.of("PRIMARY KEY (" + names(key) + ")");
        return Stream.concat(columns, primaryKey)
                .collect(Collectors.joining(
                        ", ", "CREATE TABLE IF NOT EXISTS " + table.quoted() + " (", ")" + dialect.tableOptions()));
    }

    /** The type of a created column; empty when the database has none that keeps the values. */
    static Optional<String> type(Column column, boolean key, Dialect dialect) {
        return key ? dialect.createdKeyType(column.type()) : dialect.createdType(column.type());
    }

    static String names(List<String> columns) {
        return columns.stream().map(TableName::quote).collect(Collectors.joining(", "));
    }

    private static String definition(Column column, List<String> key, Dialect dialect) {
        boolean nullable = column.nullable() && !key.contains(column.name());
        String type = type(column, key.contains(column.name()), dialect).orElseThrow();
        return TableName.quote(column.name()) + " " + type + (nullable ? "" : " NOT NULL");
    }
}
