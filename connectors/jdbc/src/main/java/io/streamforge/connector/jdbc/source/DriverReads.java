package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.jdbc.Failures;
import io.streamforge.connector.jdbc.JdbcAccess;
import io.streamforge.connector.jdbc.TableName;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads any database that has a driver, by nothing but JDBC and the SQL that all of them know. */
public final class DriverReads implements ReadDialect {

    private static final Logger LOG = LoggerFactory.getLogger(DriverReads.class);
    private static final int FETCHED_ROWS = 2000;

    private final JdbcAccess access;
    private final Driver driver;
    private final DriverErrors errors;
    private final SelectSql sql = new SelectSql(this::quoted, this::literal);

    /** What the database is like, known since the first connection. */
    private volatile String quote = "\"";

    private volatile boolean backslashEscapes;

    public DriverReads(JdbcAccess access, Driver driver) {
        this.access = access;
        this.driver = driver;
        errors = new DriverErrors(new Failures(access, place(access.url())));
    }

    /** A URL without what may be secret: before an @, behind a question mark or a semicolon. */
    static String place(String url) {
        String bare = url.replaceFirst("[?;].*", "");
        return scheme(url)
                + bare.substring(
                        Math.max(bare.lastIndexOf('@') + 1, scheme(bare).length()));
    }

    /** The part of a URL that names the kind of database: {@code jdbc:h2:}. */
    public static String scheme(String url) {
        int second = url.indexOf(':', url.indexOf(':') + 1);
        return second < 0 ? "" : url.substring(0, second + 1);
    }

    @Override
    public Connection connect(String application) throws SQLException {
        Properties properties = new Properties();
        access.username().ifPresent(user -> properties.setProperty("user", user));
        access.password().ifPresent(password -> properties.setProperty("password", password));
        Connection connection = driver.connect(access.url(), properties);
        if (connection == null) {
            throw new SQLException("the driver does not take the url", "08001");
        }
        try {
            String mark = connection.getMetaData().getIdentifierQuoteString();
            quote = mark == null ? "" : mark.strip();
            hint(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** What drivers need not support. */
    private void hint(Connection connection) {
        try {
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(access.socketTimeout().toMillis()));
            connection.setReadOnly(true);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("the driver has no read-only connections or no time-outs");
        }
    }

    @Override
    public Optional<Relation> table(Connection connection, TableName table) throws SQLException {
        Optional<Relation> found = new DriverCatalog(connection, this::quoted).relation(table);
        if (found.isPresent()) {
            learnTexts(connection, found.get());
        }
        return found;
    }

    @Override
    public List<String> tables(Connection connection, TableName table) throws SQLException {
        return new DriverCatalog(connection, this::quoted).names(table);
    }

    @Override
    public Relation query(Connection connection, String query) throws SQLException {
        Relation found = new DriverCatalog(connection, this::quoted).query(query);
        learnTexts(connection, found);
        return found;
    }

    /** A text of one backslash does not end where a backslash escapes the quotation mark behind it. */
    private void learnTexts(Connection connection, Relation relation) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement
                    .executeQuery("SELECT 1 FROM " + relation.from() + " WHERE 1 = 0 AND '\\' = ''")
                    .close();
            backslashEscapes = false;
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("a backslash escapes in texts");
            backslashEscapes = true;
        }
    }

    @Override
    public SelectSql sql() {
        return sql;
    }

    /** Takes each n-th of all keys in their order. */
    @Override
    public List<List<String>> cuts(Connection connection, Selection selection, long rows, int parts)
            throws SQLException {
        Selection keys = new Selection(
                selection.relation(),
                selection.where(),
                selection.splitKey(),
                selection.splitKey(),
                selection.splitKey(),
                List.of());
        long total = count(connection, keys);
        RowStream stream =
                open(connection, sql.rows(keys, KeyRange.ALL, null, OptionalInt.empty()), keys, keys.schema());
        RowCursor cursor = new RowCursor(keys.schema());
        List<List<String>> cuts = new ArrayList<>();
        long before = 0;
        int part = 1;
        for (RowChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            int size = chunk.rows().rows();
            for (; part < parts && total * part / parts <= before + size; part++) {
                int row = (int) Math.max(0, total * part / parts - before - 1);
                List<String> cut = texts(cursor.wrap(chunk.rows(), row));
                if (cuts.isEmpty() || !cuts.get(cuts.size() - 1).equals(cut)) {
                    cuts.add(cut);
                }
            }
            before += size;
        }
        connection.setAutoCommit(true);
        return cuts;
    }

    private long count(Connection connection, Selection selection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM "
                        + selection.relation().from()
                        + sql.condition(selection, KeyRange.ALL, null))) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> texts(RowCursor key) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < key.schema().size(); i++) {
            texts.add(KeyText.of(Objects.requireNonNull(key.value(i))));
        }
        return texts;
    }

    /** Each query sees what the database lets it see by default. */
    @Override
    public Snapshot snapshot() {
        return new OwnSnapshot(List.of());
    }

    @Override
    public RowStream open(Connection connection, String query, Selection selection, RowSchema schema)
            throws SQLException {
        // Some drivers stream rows in a transaction only.
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        statement.setFetchSize(FETCHED_ROWS);
        ResultRows rows = new ResultRows(statement.executeQuery(query), selection, schema, DriverCells::of);
        return () -> {
            RowChunk chunk = rows.next();
            if (chunk == null) {
                // Some drivers do not close a connection whose transaction is open.
                connection.rollback();
            }
            return chunk;
        };
    }

    @Override
    public ConnectorException failure(String attempted, SQLException cause) {
        return errors.translate(attempted, cause);
    }

    private String quoted(String identifier) {
        return quote.isEmpty() ? identifier : quote + identifier.replace(quote, quote + quote) + quote;
    }

    private String literal(ReadColumn column, String text) {
        Kind kind = Objects.requireNonNull(column.logical()).kind();
        return switch (kind) {
            case STRING, UUID -> text(text);
            case BYTES -> "X'" + text.replaceAll("[^0-9A-Fa-f]", "") + "'";
            case DATE -> "DATE " + text(text);
            case TIMESTAMP -> "TIMESTAMP " + text(seconds(text));
            case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE " + text(seconds(text) + "+00:00");
            default -> text.replaceAll("[^-0-9.]", "");
        };
    }

    private String text(String value) {
        String doubled = value.replace("'", "''");
        return "'" + (backslashEscapes ? doubled.replace("\\", "\\\\") : doubled) + "'";
    }

    /** {@code 2024-01-01T12:30} as SQL writes it, with its seconds. */
    private static String seconds(String iso) {
        String spaced = iso.replace('T', ' ');
        return spaced.length() - spaced.indexOf(' ') == "_12:30".length() ? spaced + ":00" : spaced;
    }
}
