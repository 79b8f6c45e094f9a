package io.streamforge.connector.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How PostgreSQL puts and deletes rows by key, out of temporary tables that every commit empties. */
final class PostgresKeyed {

    private final Mapping mapping;
    private final TableName rows;
    private final TableName keys;

    /** @param number of the table among those of the connection */
    PostgresKeyed(Mapping mapping, int number) {
        this.mapping = mapping;
        rows = temporary("streamforge_rows_" + number);
        keys = temporary("streamforge_keys_" + number);
    }

    TableName rows() {
        return rows;
    }

    TableName keys() {
        return keys;
    }

    KeyedSql sql() {
        boolean update = mapping.mode() == WriteMode.UPDATE;
        return new KeyedSql(
                List.of(create(rows, mapping.columnNames()), create(keys, mapping.keyNames())),
                List.of(update ? update() : upsert()),
                update,
                List.of(delete()),
                Optional.empty(),
                List.of("DELETE FROM " + rows.quoted(), "DELETE FROM " + keys.quoted()));
    }

    private static TableName temporary(String name) {
        return new TableName(Optional.of("pg_temp"), name, true);
    }

    private String create(TableName stage, List<String> columns) {
        return "CREATE TEMPORARY TABLE " + TableName.quote(stage.name()) + " ON COMMIT DELETE ROWS AS SELECT "
                + Ddl.names(columns) + " FROM " + target() + " WITH NO DATA";
    }

    private String upsert() {
        String names = Ddl.names(mapping.columnNames());
        String changes = mapping.otherNames().stream()
                .map(TableName::quote)
                .map(name -> name + " = EXCLUDED." + name)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + target() + " (" + names + ") OVERRIDING SYSTEM VALUE SELECT " + names + " FROM "
                + rows.quoted() + " ON CONFLICT (" + Ddl.names(mapping.keyNames()) + ") DO "
                + (changes.isEmpty() ? "NOTHING" : "UPDATE SET " + changes);
    }

    private String update() {
        String changes = mapping.otherNames().stream()
                .map(TableName::quote)
                .map(name -> name + " = s." + name)
                .collect(Collectors.joining(", "));
        return "UPDATE " + target() + " t SET " + changes + " FROM " + rows.quoted() + " s WHERE " + sameKey();
    }

    private String delete() {
        return "DELETE FROM " + target() + " t USING " + keys.quoted() + " s WHERE " + sameKey();
    }

    private String sameKey() {
        return mapping.keyNames().stream()
                .map(TableName::quote)
                .map(name -> "t." + name + " = s." + name)
                .collect(Collectors.joining(" AND "));
    }

    private String target() {
        return mapping.table().name().quoted();
    }
}
