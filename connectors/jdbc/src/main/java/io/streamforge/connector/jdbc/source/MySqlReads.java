package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.jdbc.Failures;
import io.streamforge.connector.jdbc.JdbcAccess;
import io.streamforge.connector.jdbc.MySqlCatalog;
import io.streamforge.connector.jdbc.MySqlConnections;
import io.streamforge.connector.jdbc.MySqlErrors;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowSchema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads MySQL and MariaDB: streamed results of ordered ranges, each in a consistent snapshot of its own. */
public final class MySqlReads implements ReadDialect {

    private static final long ROWS_PER_PART = 1_000_000;
    private static final int MOST_PARTS = 4;
    private static final int FETCHED_ROWS = 2000;

    private static final String CONFIGURE = "SET SESSION time_zone = '+00:00'";

    private final MySqlConnections connections;
    private final MySqlErrors errors;
    private final SelectSql sql = new SelectSql(MySqlReads::quote, MySqlReads::literal);
    private final CountedCuts counted = new CountedCuts(sql, MySqlReads::text, "DIV");

    public MySqlReads(JdbcAccess access, String place) {
        connections = new MySqlConnections(access);
        errors = new MySqlErrors(new Failures(access, place));
    }

    @Override
    public Connection connect(String application) throws SQLException {
        Connection connection = connections.connect(application);
        try (Statement statement = connection.createStatement()) {
            statement.execute(CONFIGURE);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Optional<Relation> table(Connection connection, TableName table) throws SQLException {
        return new MySqlCatalog(connection).relation(table);
    }

    @Override
    public List<String> tables(Connection connection, TableName table) throws SQLException {
        return new MySqlCatalog(connection).names(table);
    }

    @Override
    public Relation query(Connection connection, String query) throws SQLException {
        return new MySqlCatalog(connection).query(query);
    }

    @Override
    public SelectSql sql() {
        return sql;
    }

    /** The product of what the planner reads of each table, as far as it has to. */
    @Override
    public OptionalLong estimate(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("EXPLAIN " + query)) {
            return plan.next() ? OptionalLong.of(plan.getLong("rows")) : OptionalLong.empty();
        }
    }

    @Override
    public int parts(Selection selection, long rows) {
        return selection.relation().table() && MySqlDives.possible(selection)
                ? (int) Math.min(MOST_PARTS, Math.max(1, rows / ROWS_PER_PART))
                : 1;
    }

    @Override
    public List<List<String>> cuts(Connection connection, Selection selection, long rows, int parts)
            throws SQLException {
        return MySqlDives.possible(selection)
                ? new MySqlDives(this, connection, selection).cuts(parts)
                : counted.of(connection, selection, "", parts);
    }

    @Override
    public Snapshot snapshot() {
        return new OwnSnapshot(List.of(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "START TRANSACTION WITH CONSISTENT SNAPSHOT"));
    }

    @Override
    public RowStream open(Connection connection, String query, Selection selection, RowSchema schema)
            throws SQLException {
        Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(FETCHED_ROWS);
        return new ResultRows(statement.executeQuery(query), selection, schema, MySqlCells::of);
    }

    @Override
    public ConnectorException failure(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }

    public static String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    /** Texts and bytes in hexadecimal, so that any text is only ever a value. */
    public static String literal(ReadColumn column, String text) {
        Kind kind = Objects.requireNonNull(column.logical()).kind();
        return switch (kind) {
            case STRING, UUID -> "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
            case BYTES -> "X'" + text.replaceAll("[^0-9A-Fa-f]", "") + "'";
            default -> "'" + text.replaceAll("[^-0-9A-Za-z.: ]", "") + "'";
        };
    }

    private static String text(ReadColumn column) {
        String name = quote(column.name());
        return Objects.requireNonNull(column.logical()).kind() == Kind.BYTES
                ? "HEX(" + name + ")"
                : "CAST(" + name + " AS CHAR)";
    }
}
