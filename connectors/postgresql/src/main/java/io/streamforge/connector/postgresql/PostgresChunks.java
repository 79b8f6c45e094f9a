package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.Chunk;
import io.streamforge.connector.capture.ChunkReader;
import io.streamforge.connector.jdbc.source.KeyRange;
import io.streamforge.connector.jdbc.source.RowChunk;
import io.streamforge.connector.jdbc.source.RowStream;
import io.streamforge.connector.jdbc.source.Selection;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** Reads chunks with the reader of bulk loads, each in a snapshot of its own that shows whatever the log has told of. */
final class PostgresChunks implements ChunkReader {

    private static final String NO_COLUMN = "JDBC-NO-COLUMN";
    private static final String UNDEFINED_COLUMN = "42703";
    private static final long BEFORE_NEXT_LOOK_MILLIS = 2;

    private final CapturedTables tables;
    private final Connection connection;
    private final Server server;
    private final String identity;
    private final Supplier<Set<Long>> told;
    private final WalErrors errors;
    private final EarlierTransactions earlier;

    /**
     * @param connection its own, not read-only, because it also marks the log
     * @param told ids of the transactions that the log has told of
     * @param begun first transaction whose changes of all tables are in the log
     */
    PostgresChunks(
            CapturedTables tables,
            Connection connection,
            String identity,
            Supplier<Set<Long>> told,
            long begun,
            WalErrors errors) {
        this.tables = tables;
        this.connection = connection;
        this.identity = identity;
        this.told = told;
        this.errors = errors;
        server = new Server(connection);
        earlier = new EarlierTransactions(server, begun);
    }

    /** Whether the transactions from before are over: what they have changed is to be seen then. */
    @Override
    public boolean ready(RowSchema table) throws ConnectorException {
        try {
            return earlier.over(table.name());
        } catch (SQLException e) {
            throw errors.translate("cannot look at transactions", e);
        }
    }

    @Override
    public Optional<List<String>> highestKey(RowSchema table) throws ConnectorException {
        try {
            return tables.highestKey(connection, table);
        } catch (SQLException e) {
            throw errors.translate("cannot look at table '" + table.name() + "'", e);
        }
    }

    @Override
    public Optional<Chunk> read(RowSchema table, List<String> after, List<String> upTo, int limit)
            throws ConnectorException, InterruptedException {
        try {
            beginShowingAllTold();
            Chunk chunk = rows(table, after, upTo, limit);
            connection.commit();
            connection.setAutoCommit(true);
            WalPosition high = WalPosition.at(identity, server.mark());
            return Optional.of(new Chunk(chunk.rows(), chunk.rejected(), chunk.lastKey(), chunk.last(), high));
        } catch (SQLException e) {
            if (UNDEFINED_COLUMN.equals(e.getSQLState())) {
                rollBack();
                return Optional.empty();
            }
            throw errors.translate("cannot read table '" + table.name() + "'", e);
        } catch (ConnectorException e) {
            if (NO_COLUMN.equals(e.error().code())) {
                rollBack();
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean filled(RowSchema table, List<String> columns) throws ConnectorException {
        try {
            return server.filled(CapturedTables.id(table), columns);
        } catch (SQLException e) {
            throw errors.translate("cannot look at table '" + table.name() + "'", e);
        }
    }

    /**
     * A commit is in the log a moment before its transaction is visible. A snapshot that misses one would put rows of before into the
     * place of those the log has given already.
     */
    private void beginShowingAllTold() throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        while (true) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            VisibleTransactions visible = server.visible();
            Set<Long> transactions = told.get();
            if (transactions.stream().allMatch(visible::show)) {
                transactions.clear();
                return;
            }
            connection.rollback();
            Thread.sleep(BEFORE_NEXT_LOOK_MILLIS);
        }
    }

    private Chunk rows(RowSchema table, List<String> after, List<String> upTo, int limit)
            throws SQLException, ConnectorException {
        Selection selection = tables.selection(connection, table);
        List<String> from = after.isEmpty() ? null : after;
        String sql = tables.reads().sql().rows(selection, new KeyRange(from, upTo, false), from, OptionalInt.of(limit));
        RowStream stream = tables.reads().open(connection, sql, selection, table);
        RowBuffer rows = new RowBuffer();
        List<RejectedRow> rejected = new ArrayList<>();
        List<String> lastKey = upTo;
        int count = 0;
        for (RowChunk part = stream.next(); part != null; part = stream.next()) {
            RowBuffer some = part.rows();
            for (int row = 0; row < some.rows(); row++) {
                rows.append(some.array(), some.start(row), some.end(row), some.op(row), some.timestampMicros(row));
            }
            rejected.addAll(part.rejected());
            count += part.size();
            lastKey = part.lastKey();
        }
        return new Chunk(rows, rejected, count < limit ? upTo : lastKey, count < limit, WalPosition.at(identity, 0));
    }

    private void rollBack() throws ConnectorException {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw errors.translate("cannot roll back", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(PostgresChunks.class)
                    .atDebug()
                    .setCause(e)
                    .log("connection could not be closed");
        }
    }
}
