package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.Op;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes batches to SQLite, each in one transaction with its offsets, row by row: a row that is refused undoes itself alone.
 */
final class SqliteWriter implements SinkWriter {

    private final SqliteSession session;
    private final List<SqliteStatements> statements;
    private final Offsets offsets;
    private final RunSteps steps;
    private final TableName table;
    private final SqliteErrors errors;
    private final Failures failures;

    /** Held while a call works, so that the connection is not closed under it. */
    private final ReentrantLock working = new ReentrantLock();

    /** @param statements for each table that rows come from */
    SqliteWriter(
            SqliteSession session,
            List<SqliteStatements> statements,
            Preparation.Prepared prepared,
            SqliteErrors errors,
            Failures failures) {
        this.session = session;
        this.statements = List.copyOf(statements);
        offsets = prepared.offsets();
        steps = prepared.steps();
        table = prepared.first();
        this.errors = errors;
        this.failures = failures;
    }

    @Override
    public Optional<Map<Integer, Progress>> restore() throws ConnectorException {
        return inTransaction("cannot take over", () -> {
            offsets.purge(session.connection());
            return Optional.of(offsets.claim(session.connection()));
        });
    }

    @Override
    public WriteResult write(SinkBatch batch) throws ConnectorException {
        return inTransaction("cannot write to", () -> {
            if (!offsets.advance(session.connection(), batch)) {
                throw new ConnectorException(
                        "JDBC-OFFSET", Category.FATAL, "the batch is in the target already", "restart the sink");
            }
            List<Rejection> rejected = new ArrayList<>();
            long missed = 0;
            for (int row = 0; row < batch.size(); row++) {
                session.requireOpen();
                missed += apply(batch, row, rejected);
            }
            offsets.miss(session.connection(), batch, missed);
            offsets.reject(session.connection(), batch, rejected);
            batch.settle(rejected);
            return rejected.isEmpty() ? WriteResult.ALL_WRITTEN : new WriteResult(rejected);
        });
    }

    @Override
    public void complete() throws ConnectorException {
        inTransaction("cannot complete", () -> {
            steps.complete(session.connection());
            return true;
        });
        inTransaction("cannot complete", () -> {
            steps.cleanUp(session.connection());
            return true;
        });
    }

    /** May be called while another thread writes: its statement is interrupted then. */
    @Override
    public void close() {
        session.shut();
        if (!working.tryLock()) {
            session.interrupt();
            working.lock();
        }
        try {
            session.close(statements);
        } finally {
            working.unlock();
        }
    }

    /** How many updates met no row. */
    private int apply(SinkBatch batch, int row, List<Rejection> rejected) throws SQLException, ConnectorException {
        SqliteStatements own = statements.get(batch.table(row));
        try {
            if (batch.op(row) == Op.TRUNCATE) {
                own.empty();
            } else if (batch.hasValue(row)) {
                return own.put(batch, row);
            } else if (own.mapping().mode() == WriteMode.INSERT) {
                rejected.add(new Rejection(row, "JDBC-DELETE", InsertLoad.UNDELETABLE));
            } else if (!own.mapping().deletes() || !batch.hasKey(row)) {
                rejected.add(new Rejection(row, "JDBC-DELETE", own.mapping().undeletable()));
            } else {
                own.delete(batch, row);
            }
        } catch (InvalidValueException | IllegalArgumentException e) {
            rejected.add(new Rejection(row, "JDBC-VALUE", failures.words(e.getMessage())));
        } catch (SQLException e) {
            String code = SqliteErrors.rowCode(e).orElse(null);
            if (code == null) {
                throw e;
            }
            requireTransaction(batch, e);
            rejected.add(new Rejection(row, code, errors.refusal(e)));
        }
        return 0;
    }

    /** A trigger or an ON CONFLICT ROLLBACK may have ended the transaction; going on would write without it. */
    private void requireTransaction(SinkBatch batch, SQLException cause) throws SQLException, ConnectorException {
        if (!offsets.at(session.connection(), batch)) {
            throw failures.of(
                    "JDBC-ROLLBACK",
                    Category.FATAL,
                    "a refused row ended the transaction",
                    cause,
                    "use ABORT instead of ROLLBACK in the table's triggers and conflict clauses");
        }
    }

    private interface Work<T> {
        T run() throws SQLException, ConnectorException;
    }

    private <T> T inTransaction(String attempted, Work<T> work) throws ConnectorException {
        working.lock();
        try {
            session.begin();
            T result = work.run();
            session.commit();
            return result;
        } catch (SQLException e) {
            session.rollback();
            if (session.closed()) {
                throw new ConnectorException(
                        "JDBC-CLOSED", Category.TRANSIENT, "the writer was closed", "nothing to do", e);
            }
            throw errors.translate(attempted + " table '" + table.shown() + "'", e);
        } catch (ConnectorException | RuntimeException e) {
            session.rollback();
            throw e;
        } finally {
            working.unlock();
        }
    }
}
