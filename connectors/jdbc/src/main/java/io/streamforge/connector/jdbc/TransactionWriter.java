package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkBatch.Range;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes batches to a server, each in one transaction with its offsets. */
final class TransactionWriter implements SinkWriter {

    private static final int TRIES = 3;

    private final Sessions sessions;
    private final TableName table;
    private final Offsets offsets;
    private final RunSteps steps;
    private final DatabaseErrors errors;

    private @Nullable InDoubt inDoubt;

    /** A batch that was sent to be committed and whose commit was not answered. */
    private record InDoubt(Map<Integer, Range> ranges, WriteResult result) {}

    TransactionWriter(Server server, Preparation.Prepared prepared) {
        sessions = new Sessions(server);
        table = prepared.first();
        offsets = prepared.offsets();
        steps = prepared.steps();
        errors = server.errors();
    }

    @Override
    public Optional<Map<Integer, Progress>> restore() throws ConnectorException {
        try {
            return Optional.of(sessions.get().claim(offsets));
        } catch (SQLException e) {
            throw failed("cannot take over", e);
        }
    }

    @Override
    public WriteResult write(SinkBatch batch) throws ConnectorException {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction(sessions.get(), batch);
            } catch (SQLException e) {
                sessions.rollBack();
                if (attempt == TRIES || inDoubt != null || !errors.conflict(e)) {
                    throw failed("cannot write to", e);
                }
            } catch (ConnectorException | RuntimeException e) {
                sessions.rollBack();
                throw e;
            }
        }
    }

    @Override
    public void complete() throws ConnectorException {
        try {
            Session session = sessions.get();
            steps.complete(session.connection());
            session.commit();
            steps.cleanUp(session.connection());
            session.commit();
        } catch (SQLException e) {
            sessions.rollBack();
            throw failed("cannot complete", e);
        }
    }

    /** May be called while another thread writes: its statement is cut off then. */
    @Override
    public void close() {
        sessions.close();
    }

    private WriteResult transaction(Session session, SinkBatch batch) throws SQLException, ConnectorException {
        InDoubt before = inDoubt;
        if (!offsets.advance(session.connection(), batch)) {
            session.rollback();
            if (before == null || !before.ranges().equals(batch.ranges())) {
                throw new ConnectorException(
                        "JDBC-OFFSET", Category.FATAL, "the batch is in the target already", "restart the sink");
            }
            return before.result();
        }
        inDoubt = null;
        List<Rejection> rejected = rows(session, batch);
        offsets.reject(session.connection(), batch, rejected);
        batch.settle(rejected);
        WriteResult result = rejected.isEmpty() ? WriteResult.ALL_WRITTEN : new WriteResult(rejected);
        inDoubt = new InDoubt(Map.copyOf(batch.ranges()), result);
        session.commit();
        inDoubt = null;
        return result;
    }

    private List<Rejection> rows(Session session, SinkBatch batch) throws SQLException, ConnectorException {
        List<Rejection> rejected = new ArrayList<>();
        if (batch.size() == 0) {
            return rejected;
        }
        int[] all = new int[batch.size()];
        Arrays.setAll(all, i -> i);
        try {
            long missed = session.load().apply(batch, all, 0, all.length, rejected);
            session.checkConstraints();
            offsets.miss(session.connection(), batch, missed);
            rejected.sort(Comparator.comparingInt(Rejection::row));
            return rejected;
        } catch (SQLException e) {
            if (errors.rowCode(e).isEmpty()) {
                throw e;
            }
        }
        session.rollback();
        offsets.advance(session.connection(), batch);
        session.checkConstraints();
        Isolation isolation = new Isolation(session.connection(), session.load(), errors);
        List<Rejection> found = isolation.write(batch);
        offsets.miss(session.connection(), batch, isolation.missed());
        return found;
    }

    private ConnectorException failed(String attempted, SQLException cause) {
        if (sessions.closed()) {
            return new ConnectorException(
                    "JDBC-CLOSED", Category.TRANSIENT, "the writer was closed", "nothing to do", cause);
        }
        if (errors.connectionLost(cause)) {
            sessions.discard();
        }
        return errors.translate(attempted + " table '" + table.shown() + "'", cause);
    }
}
