package io.streamforge.connector.jdbc;

import io.streamforge.connector.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for what would keep a writer from working: the kind of table, permissions, a read-only server. */
final class PostgresObstacles {

    private final Connection connection;
    private final JdbcSettings settings;
    private final List<Problem> problems = new ArrayList<>();

    PostgresObstacles(Connection connection, JdbcSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    List<Problem> find(@Nullable TargetTable target) throws SQLException {
        if (!yes("SELECT current_setting('transaction_read_only') = 'off'")) {
            add("JDBC-READ-ONLY", JdbcOptions.URL, "the server takes no changes", "connect to the primary");
        }
        if (target == null) {
            missing();
        } else {
            existing(target.name());
        }
        if (settings.mode() != WriteMode.INSERT
                && !yes("SELECT has_database_privilege(current_database(), 'TEMPORARY')")) {
            add(
                    "JDBC-PERMISSION",
                    JdbcOptions.MODE,
                    "mode " + settings.mode().option() + " needs temporary tables, which the user may not create",
                    "GRANT TEMPORARY ON DATABASE … TO the user");
        }
        return problems;
    }

    private void missing() throws SQLException {
        Optional<String> schema = settings.table().schema();
        String name = schema.isPresent() ? schema.get() : text("SELECT current_schema()");
        if (name == null || !yes("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)", name)) {
            add(
                    "JDBC-NO-SCHEMA",
                    JdbcOptions.TABLE,
                    "schema '" + name + "' does not exist",
                    "create the schema, or name " + "another in table");
        } else if (settings.createTable() && !yes("SELECT has_schema_privilege(?, 'CREATE')", name)) {
            add(
                    "JDBC-PERMISSION",
                    JdbcOptions.TABLE,
                    "the user may not create tables in schema '" + name + "'",
                    "GRANT " + "CREATE ON SCHEMA " + TableName.quote(name) + " TO the user, or create the table");
        }
    }

    private void existing(TableName table) throws SQLException {
        if (!yes("SELECT relkind IN ('r', 'p', 'f') FROM pg_class WHERE oid = to_regclass(?)", table.quoted())) {
            add("JDBC-NOT-A-TABLE", JdbcOptions.TABLE, "'" + table.shown() + "' is a view", "name a table");
            return;
        }
        List<String> needed =
                switch (settings.mode()) {
                    case INSERT -> List.of("INSERT");
                    case UPSERT -> List.of("SELECT", "INSERT", "UPDATE", "DELETE");
                    case UPDATE -> List.of("SELECT", "UPDATE", "DELETE");
                    case REPLACE -> List.of("SELECT", "INSERT", "DELETE");
                };
        for (String privilege : needed) {
            if (!yes("SELECT has_table_privilege(to_regclass(?), '" + privilege + "')", table.quoted())) {
                add(
                        "JDBC-PERMISSION",
                        JdbcOptions.TABLE,
                        "the user may not " + privilege + " on '" + table.shown() + "'",
                        "GRANT " + privilege + " ON " + table.quoted() + " TO the user");
            }
        }
        offsets(table.sibling(Offsets.TABLE));
        String schema = table.schema().orElseThrow();
        if (settings.mode() == WriteMode.REPLACE && !yes("SELECT has_schema_privilege(?, 'CREATE')", schema)) {
            add(
                    "JDBC-PERMISSION",
                    JdbcOptions.MODE,
                    "mode replace gathers the rows in a table of schema '" + schema
                            + "', where the user may not create one",
                    "GRANT CREATE ON SCHEMA " + TableName.quote(schema) + " TO the user");
        }
    }

    private void offsets(TableName offsets) throws SQLException {
        boolean exists = yes("SELECT to_regclass(?) IS NOT NULL", offsets.quoted());
        boolean usable = exists
                ? yes(
                        "SELECT has_table_privilege(to_regclass(?), 'SELECT') AND has_table_privilege(to_regclass(?), "
                                + "'INSERT') AND has_table_privilege(to_regclass(?), 'UPDATE') AND "
                                + "has_table_privilege(to_regclass(?), 'DELETE')",
                        offsets.quoted(),
                        offsets.quoted(),
                        offsets.quoted(),
                        offsets.quoted())
                : yes(
                        "SELECT has_schema_privilege(?, 'CREATE')",
                        offsets.schema().orElseThrow());
        if (!usable) {
            add(
                    "JDBC-PERMISSION",
                    JdbcOptions.TABLE,
                    "the user may not " + (exists ? "change '" : "create '") + offsets.shown()
                            + "', where offsets are kept",
                    (exists
                            ? "GRANT SELECT, INSERT, UPDATE, DELETE ON " + offsets.quoted() + " TO the user"
                            : "GRANT CREATE ON SCHEMA to the user, or create and grant: "
                                    + new PostgresGrammar().createOffsets(offsets)));
        }
    }

    private boolean yes(String sql, String... parameters) throws SQLException {
        return "t".equals(text(sql, parameters));
    }

    private @Nullable String text(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private void add(String code, String path, String message, String suggestion) {
        problems.add(new Problem(code, path, message, suggestion));
    }
}
