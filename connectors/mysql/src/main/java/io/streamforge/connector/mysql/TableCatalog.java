package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.TablePatterns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a server as {@code information_schema} has them now. */
final class TableCatalog {

    private static final String TABLES = """
            SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_COLLATION FROM information_schema.TABLES
            WHERE TABLE_TYPE = 'BASE TABLE'
              AND TABLE_SCHEMA NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
            ORDER BY TABLE_SCHEMA, TABLE_NAME
            """;
    private static final String NAMES = """
            SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES
            WHERE TABLE_TYPE = 'BASE TABLE'
              AND TABLE_SCHEMA NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys')
            ORDER BY TABLE_SCHEMA, TABLE_NAME
            """;
    private static final String COLUMNS = """
            SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, IS_NULLABLE FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION
            """;
    private static final String KEYS = """
            SELECT INDEX_NAME, COLUMN_NAME, NULLABLE, SUB_PART FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0 ORDER BY INDEX_NAME = 'PRIMARY' DESC, INDEX_NAME, SEQ_IN_INDEX
            """;
    private static final String FILLED = """
            SELECT COLUMN_NAME FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND (IS_NULLABLE = 'NO' OR COALESCE(COLUMN_DEFAULT, 'NULL') <> 'NULL'
              OR COALESCE(GENERATION_EXPRESSION, '') <> '')
            """;
    private static final String ROWS =
            "SELECT TABLE_ROWS FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";

    private final ServerSession session;

    TableCatalog(ServerSession session) {
        this.session = session;
    }

    /** {@code database.name} of the tables that match, in order. */
    List<String> names(TablePatterns patterns) throws ConnectorException {
        return session.rows(NAMES).stream()
                .map(row -> new TableId(row.get(0), row.get(1)).toString())
                .filter(patterns::match)
                .toList();
    }

    /** The tables of these names, those that there are. */
    List<TableLayout> named(List<String> names) throws ConnectorException {
        return matching(new TablePatterns(names)).stream()
                .filter(layout -> names.contains(layout.table().toString()))
                .toList();
    }

    /** Tables whose {@code database.name} matches, in order of their names. */
    List<TableLayout> matching(TablePatterns patterns) throws ConnectorException {
        List<TableLayout> found = new ArrayList<>();
        for (List<String> row : session.rows(TABLES)) {
            TableId table = new TableId(row.get(0), row.get(1));
            if (patterns.match(table.toString())) {
                found.add(layout(table, row.get(2)));
            }
        }
        return found;
    }

    /** Empty when there is no such table any more. */
    Optional<TableLayout> find(TableLayout known) throws ConnectorException {
        List<SqlColumn> columns = columns(known.table());
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(TableLayout.of(known.table(), columns, key(known.table()), known.charset()));
    }

    /** Names of the columns that fill themselves in rows which say nothing of them. */
    List<String> filled(TableId table) throws ConnectorException {
        return session.rows(FILLED, table.database(), table.table()).stream()
                .map(row -> row.get(0))
                .toList();
    }

    long estimatedRows(TableId table) throws ConnectorException {
        List<List<String>> rows = session.rows(ROWS, table.database(), table.table());
        return rows.isEmpty() || rows.get(0).get(0).isEmpty()
                ? 0
                : Long.parseLong(rows.get(0).get(0));
    }

    private TableLayout layout(TableId table, String collation) throws ConnectorException {
        String charset = collation.isEmpty() ? "utf8mb4" : collation.split("_", 2)[0];
        return TableLayout.of(table, columns(table), key(table), charset);
    }

    private List<SqlColumn> columns(TableId table) throws ConnectorException {
        return session.rows(COLUMNS, table.database(), table.table()).stream()
                .map(row -> new SqlColumn(
                        row.get(0),
                        row.get(1),
                        row.get(2).isEmpty() ? null : row.get(2),
                        row.get(3).equals("YES")))
                .toList();
    }

    /** The primary key, or the first unique index whose columns are whole and never null. */
    private List<String> key(TableId table) throws ConnectorException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        List<String> unfit = new ArrayList<>();
        for (List<String> row : session.rows(KEYS, table.database(), table.table())) {
            String index = row.get(0);
            indexes.computeIfAbsent(index, name -> new ArrayList<>()).add(row.get(1));
            boolean nullable = "YES".equals(row.get(2));
            boolean partial =
                    !index.equals("PRIMARY") && (nullable || !row.get(3).isEmpty());
            if (row.get(1).isEmpty() || partial) {
                unfit.add(index);
            }
        }
        return indexes.entrySet().stream()
                .filter(index -> !unfit.contains(index.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }
}
