package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.Chunk;
import io.streamforge.connector.capture.ChunkReader;
import io.streamforge.record.RowSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads chunks of tables at moments of which the place in the log is known; nothing is locked against writers. */
final class ChunkSession implements ChunkReader {

    private static final int TABLE_CHANGED = 1412;
    private static final int NO_TABLE = 1146;
    private static final int NO_COLUMN = 1054;

    private final ServerSession session;
    private final BinlogChangeLog log;
    private final TableCatalog catalog;
    private final ChunkMoment moment;

    ChunkSession(ServerSession session, BinlogChangeLog log, ChunkMoment moment) {
        this.session = session;
        this.log = log;
        this.moment = moment;
        catalog = new TableCatalog(session);
    }

    /** Whether the log has come to where the table is captured from. */
    @Override
    public boolean ready(RowSchema table) {
        return log.reached().layouts().find(table.name()).isPresent();
    }

    @Override
    public Optional<List<String>> highestKey(RowSchema table) throws ConnectorException {
        try (Statement statement = session.connection().createStatement();
                ResultSet result = statement.executeQuery(new ChunkSql(table).highest())) {
            if (!result.next()) {
                return Optional.empty();
            }
            RowSchema key = table.keySchema();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < key.size(); i++) {
                texts.add(ChunkKeys.text(result, i + 1, key.column(i).type().kind()));
            }
            return Optional.of(texts);
        } catch (SQLException e) {
            throw Failures.query(session.address(), "reading the highest key of " + table.name(), e);
        }
    }

    @Override
    public Optional<Chunk> read(RowSchema table, List<String> after, List<String> upTo, int limit)
            throws ConnectorException, InterruptedException {
        try {
            BinlogPosition known = moment.begin(log.reached());
            Optional<Chunk> chunk = chunk(table, after, upTo, limit, known);
            chunk.ifPresent(read -> log.await((BinlogPosition) read.high()));
            return chunk;
        } catch (SQLException e) {
            if (e.getErrorCode() == TABLE_CHANGED || e.getErrorCode() == NO_TABLE || e.getErrorCode() == NO_COLUMN) {
                return Optional.empty();
            }
            throw Failures.query(session.address(), "reading " + table.name(), e);
        } finally {
            end();
        }
    }

    private Optional<Chunk> chunk(
            RowSchema table, List<String> after, List<String> upTo, int limit, BinlogPosition known)
            throws SQLException, ConnectorException {
        ChunkSql sql = new ChunkSql(table);
        Connection connection = session.connection();
        // Reading anything of the table keeps its definition as it is until the transaction ends.
        try (Statement statement = connection.createStatement();
                ResultSet nothing = statement.executeQuery(sql.nothing())) {
            nothing.next();
        }
        if (!unchanged(table)) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(sql.chunk(after, limit) + moment.suffix())) {
            sql.bind(statement, after, upTo);
            try (ResultSet result = statement.executeQuery()) {
                ChunkRows rows = ChunkRows.read(table, result);
                boolean last = rows.count() < limit;
                List<String> lastKey = rows.count() == 0 ? upTo : rows.lastKey();
                return Optional.of(new Chunk(rows.rows(), rows.rejected(), lastKey, last, moment.high(known)));
            }
        }
    }

    private boolean unchanged(RowSchema table) throws ConnectorException {
        Optional<TableLayout> known = log.reached().layouts().find(table.name());
        return known.isPresent()
                && catalog.find(known.get())
                        .map(found -> found.schema().equals(table))
                        .orElse(false);
    }

    @Override
    public boolean filled(RowSchema table, List<String> columns) throws ConnectorException {
        Optional<TableLayout> layout = log.reached().layouts().find(table.name());
        return layout.isPresent()
                && catalog.filled(layout.get().table()).stream().anyMatch(columns::contains);
    }

    private void end() throws ConnectorException {
        try {
            moment.end();
        } catch (SQLException e) {
            throw Failures.query(session.address(), "ending a read", e);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
