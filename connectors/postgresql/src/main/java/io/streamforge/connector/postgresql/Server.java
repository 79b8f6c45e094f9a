package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a capture asks of the server, over a connection in auto-commit mode. */
final class Server {

    static final int OLDEST = 140_000;

    private static final String MESSAGES = "streamforge";

    private final Connection connection;

    Server(Connection connection) {
        this.connection = connection;
    }

    /** Whether the server and the user are set up for logical decoding. */
    void requirePrepared() throws SQLException, ConnectorException {
        if (Integer.parseInt(text("SHOW server_version_num")) < OLDEST) {
            throw CaptureErrors.unprepared(
                    "PostgreSQL " + text("SHOW server_version") + " cannot be captured", "PostgreSQL 14 or newer can");
        }
        if (!text("SHOW wal_level").equals("logical")) {
            throw CaptureErrors.unprepared(
                    "wal_level is " + text("SHOW wal_level"),
                    "set wal_level = logical in postgresql.conf and restart the server");
        }
        if (!text("SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user")
                .equals("t")) {
            throw CaptureErrors.unprepared(
                    "user " + text("SELECT current_user") + " may not replicate",
                    "ALTER ROLE " + text("SELECT quote_ident(current_user)") + " REPLICATION");
        }
    }

    /** What tells this server from every other, also from a restored copy with another history. */
    String identity() throws SQLException {
        return text("SELECT system_identifier::text FROM pg_control_system()");
    }

    Optional<SlotState> slot(String name) throws SQLException {
        String sql = "SELECT active, coalesce(wal_status, ''), coalesce(confirmed_flush_lsn, '0/0')::text, "
                + "coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint "
                + "FROM pg_replication_slots WHERE slot_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new SlotState(
                                row.getBoolean(1), row.getString(2), Lsn.parse(row.getString(3)), row.getLong(4)))
                        : Optional.empty();
            }
        }
    }

    /** @return where the slot begins */
    long createSlot(String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Lsn.parse(row.getString(1));
            }
        }
    }

    /** Ends the slot's reader, if any, and drops it; one that is not there counts as dropped. */
    void dropSlot(String name) throws SQLException {
        String end = "SELECT pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots "
                + "WHERE slot_name = ? AND active_pid IS NOT NULL";
        String drop = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?";
        for (String sql : List.of(end, drop)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, name);
                statement.execute();
            }
        }
    }

    /** Makes the publication send these tables' changes, and no others. */
    void publish(String name, List<TableId> tables) throws SQLException {
        List<String> quoted = tables.stream().map(TableId::quoted).toList();
        boolean there = !text("SELECT count(*) FROM pg_publication WHERE pubname = " + literal(name))
                .equals("0");
        String list = " TABLE " + String.join(", ", quoted);
        execute(
                there
                        ? "ALTER PUBLICATION " + identifier(name) + " SET" + list
                        : "CREATE PUBLICATION " + identifier(name) + " FOR" + list
                                + " WITH (publish_via_partition_root = true)");
    }

    void unpublish(String name) throws SQLException {
        execute("DROP PUBLICATION IF EXISTS " + identifier(name));
    }

    /**
     * Writes a message into the log, which the reader of the log will come to.
     *
     * @return its place: what was committed before lies before it
     */
    long mark() throws SQLException {
        return Lsn.parse(text("SELECT pg_logical_emit_message(true, '" + MESSAGES + "', 'mark')::text"));
    }

    /** Tables of all schemas but the system's, partitions left out. */
    List<TableId> tables() throws SQLException {
        String sql = "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                + "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p' "
                + "AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' "
                + "ORDER BY 1, 2";
        List<TableId> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                tables.add(new TableId(row.getString(1), row.getString(2)));
            }
        }
        return tables;
    }

    /** Whether the user may publish a table, which its owner may, and read it. */
    boolean mayCapture(TableId table) throws SQLException {
        String sql = "SELECT pg_has_role(relowner, 'USAGE') AND has_table_privilege(oid, 'SELECT') FROM pg_class "
                + "WHERE oid = ?::regclass";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Whether one of the columns has values in rows that were written before it came. */
    boolean filled(TableId table, List<String> columns) throws SQLException {
        String sql =
                "SELECT count(*) FROM pg_attribute WHERE attrelid = ?::regclass AND attname = ANY (?) AND NOT attisdropped "
                        + "AND (attnotnull OR atthasdef OR atthasmissing)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.quoted());
            statement.setArray(2, connection.createArrayOf("text", columns.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }

    /** The transactions that the next statement of this transaction shows. */
    VisibleTransactions visible() throws SQLException {
        return VisibleTransactions.parse(text("SELECT pg_current_snapshot()::text"));
    }

    /** Process and begin of the oldest transaction that has written, as far as the user may see others. */
    String oldestWriter() throws SQLException {
        return text(
                "SELECT 'process ' || pid || ', since ' || xact_start FROM pg_stat_activity WHERE backend_xid IS NOT NULL "
                        + "AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT 1");
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
