package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.jdbc.Failures;
import io.streamforge.connector.jdbc.JdbcAccess;
import io.streamforge.connector.jdbc.PostgresCatalog;
import io.streamforge.connector.jdbc.PostgresConnections;
import io.streamforge.connector.jdbc.PostgresErrors;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PostgreSQL: binary COPY of ordered ranges in one exported snapshot. */
public final class PostgresReads implements ReadDialect {

    private static final Pattern ESTIMATE = Pattern.compile("rows=(\\d+)");
    private static final long ROWS_PER_PART = 1_000_000;
    private static final int MOST_PARTS = 4;
    private static final double SAMPLED_ROWS = 30_000;

    private final PostgresConnections connections;
    private final PostgresErrors errors;
    private final SelectSql sql = new SelectSql(TableName::quote, PostgresReads::literal);
    private final CountedCuts counted = new CountedCuts(sql, column -> TableName.quote(column.name()) + "::text", "/");

    public PostgresReads(JdbcAccess access, String place) {
        connections = new PostgresConnections(access);
        errors = new PostgresErrors(new Failures(access, place));
    }

    @Override
    public Connection connect(String application) throws SQLException {
        Connection connection = connections.connect(application);
        connection.setReadOnly(true);
        return connection;
    }

    @Override
    public Optional<Relation> table(Connection connection, TableName table) throws SQLException {
        return new PostgresCatalog(connection).relation(table);
    }

    @Override
    public List<String> tables(Connection connection, TableName table) throws SQLException {
        return new PostgresCatalog(connection).names(table);
    }

    @Override
    public Relation query(Connection connection, String query) throws SQLException {
        return new PostgresCatalog(connection).query(query);
    }

    @Override
    public SelectSql sql() {
        return sql;
    }

    @Override
    public OptionalLong estimate(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet plan = statement.executeQuery("EXPLAIN " + query)) {
            Matcher matcher = ESTIMATE.matcher(plan.next() ? plan.getString(1) : "");
            return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
        }
    }

    @Override
    public int parts(Selection selection, long rows) {
        return selection.relation().table() ? (int) Math.min(MOST_PARTS, Math.max(1, rows / ROWS_PER_PART)) : 1;
    }

    /** From a sample of the table's blocks where it is large, otherwise from all keys. */
    @Override
    public List<List<String>> cuts(Connection connection, Selection selection, long rows, int parts)
            throws SQLException {
        if (selection.relation().table() && rows > 2 * SAMPLED_ROWS) {
            double percent = 100 * SAMPLED_ROWS / rows;
            List<List<String>> cuts =
                    counted.of(connection, selection, " TABLESAMPLE SYSTEM (" + percent + ") REPEATABLE (7)", parts);
            if (cuts.size() == parts - 1) {
                return cuts;
            }
        }
        return counted.of(connection, selection, "", parts);
    }

    @Override
    public Snapshot snapshot() {
        return new PostgresSnapshot(this);
    }

    @Override
    public RowStream open(Connection connection, String query, Selection selection, RowSchema schema)
            throws SQLException {
        return PostgresCopyRows.open(connection, query, selection, schema);
    }

    @Override
    public ConnectorException failure(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }

    /** A string of the column's type, so that any text is only ever a value. */
    private static String literal(ReadColumn column, String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        if (Objects.requireNonNull(column.logical()).kind() == Kind.TIMESTAMP_TZ && text.indexOf('T') > 0) {
            return "'" + text + "Z'::timestamp with time zone";
        }
        return column.expression().endsWith("::text") || column.type().equals("enum")
                ? quoted
                : quoted + "::" + column.type();
    }
}
