package io.streamforge.connector.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How MySQL puts and deletes rows by key, out of temporary tables. Rows that are there are changed and the others added, by two
 * statements: {@code ON DUPLICATE KEY UPDATE} would change the row that any other unique key leads to.
 */
final class MySqlKeyed {

    private final Mapping mapping;
    private final TableName rows;
    private final TableName keys;

    /** @param number of the table among those of the connection */
    MySqlKeyed(Mapping mapping, int number) {
        this.mapping = mapping;
        rows = new TableName(Optional.empty(), "streamforge_rows_" + number, true);
        keys = new TableName(Optional.empty(), "streamforge_keys_" + number, true);
    }

    TableName rows() {
        return rows;
    }

    TableName keys() {
        return keys;
    }

    KeyedSql sql() {
        List<String> put = new ArrayList<>();
        boolean update = mapping.mode() == WriteMode.UPDATE;
        if (!mapping.otherNames().isEmpty()) {
            put.add(change());
        }
        if (!update) {
            put.add(add());
        }
        put.add("DELETE FROM " + rows.quoted());
        return new KeyedSql(
                List.of(create(rows, mapping.columnNames()), create(keys, mapping.keyNames())),
                put,
                update,
                List.of(delete(), "DELETE FROM " + keys.quoted()),
                textInKey() ? Optional.of(twice()) : Optional.empty(),
                List.of());
    }

    private String create(TableName stage, List<String> columns) {
        return "CREATE TEMPORARY TABLE " + stage.quoted() + " ENGINE = InnoDB AS SELECT " + Ddl.names(columns)
                + " FROM " + target() + " LIMIT 0";
    }

    private String change() {
        String changes = mapping.otherNames().stream()
                .map(TableName::quote)
                .map(name -> "t." + name + " = s." + name)
                .collect(Collectors.joining(", "));
        return "UPDATE " + rows.quoted() + " s STRAIGHT_JOIN " + target() + " t ON " + sameKey() + " SET " + changes;
    }

    private String add() {
        String values = mapping.columnNames().stream()
                .map(name -> "s." + TableName.quote(name))
                .collect(Collectors.joining(", "));
        String missing = "t." + TableName.quote(mapping.keyNames().get(0)) + " IS NULL";
        return "INSERT INTO " + target() + " (" + Ddl.names(mapping.columnNames()) + ") SELECT " + values + " FROM "
                + rows.quoted() + " s LEFT JOIN " + target() + " t ON " + sameKey() + " WHERE " + missing;
    }

    private String delete() {
        return "DELETE t FROM " + keys.quoted() + " s STRAIGHT_JOIN " + target() + " t ON " + sameKey();
    }

    private String twice() {
        return "SELECT 1 FROM " + rows.quoted() + " GROUP BY " + Ddl.names(mapping.keyNames())
                + " HAVING count(*) > 1 LIMIT 1";
    }

    /** Collations take texts for the same that differ in case, accents or trailing blanks. */
    private boolean textInKey() {
        return mapping.key().stream()
                .map(index -> MySqlType.parse(mapping.columns().get(index).type()))
                .anyMatch(type -> type.characters() || type.text());
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
