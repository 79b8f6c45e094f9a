package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts and deletes rows by key: they are sent to temporary tables, then one set of statements brings all of them over, unless they
 * can go straight to the target. Only the last record of a key counts, so that puts and deletes have no key in common and their order is free.
 */
final class KeyedLoad implements Load {

    private final Connection connection;
    private final Mapping mapping;
    private final KeyedSql sql;
    private final KeyIndex keyIndex;
    private final Transfer rowTransfer;
    private final Optional<Transfer> keyTransfer;
    private final Optional<DirectPuts> direct;

    private Transfer lastTransfer;

    /**
     * @param keys for deletes; empty when the records' keys are not the target's
     * @param direct tried before {@code rows}; empty when rows never go straight to the target
     */
    KeyedLoad(
            Connection connection,
            Mapping mapping,
            KeyedSql sql,
            Transfer rows,
            Optional<Transfer> keys,
            Optional<DirectPuts> direct) {
        this.connection = connection;
        this.mapping = mapping;
        this.sql = sql;
        keyIndex = new KeyIndex(mapping);
        rowTransfer = rows;
        keyTransfer = keys;
        this.direct = direct;
        lastTransfer = rows;
    }

    @Override
    public void prepare() throws SQLException {
        execute(sql.prepare());
    }

    @Override
    public long apply(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) throws SQLException {
        int[] counting = counting(batch, rows, from, to, rejected);
        BitSet superseding = new BitSet();
        BitSet last = keyIndex.last(batch, counting, 0, counting.length, superseding);
        int[] puts = last.stream().filter(row -> batch.hasValue(row)).toArray();
        int[] deletes = last.stream().filter(row -> !batch.hasValue(row)).toArray();
        int before = rejected.size();
        if (deletes.length > 0) {
            delete(batch, deletes, rejected);
        }
        long missed = puts.length > 0 ? put(batch, puts, rejected) : 0;
        requireNoneHidden(rejected.subList(before, rejected.size()), superseding);
        return missed;
    }

    @Override
    public void clear() throws SQLException {
        execute(sql.clear());
    }

    @Override
    public BitSet last(SinkBatch batch) {
        int[] all = new int[batch.size()];
        Arrays.setAll(all, i -> i);
        int[] counting = counting(batch, all, 0, all.length, new ArrayList<>());
        return keyIndex.last(batch, counting, 0, counting.length, new BitSet());
    }

    @Override
    public int rowOfLine(int line) {
        return lastTransfer.rowOfLine(line);
    }

    private void delete(SinkBatch batch, int[] deletes, List<Rejection> rejected) throws SQLException {
        lastTransfer = keyTransfer.orElseThrow();
        lastTransfer.copy(connection, batch, deletes, 0, deletes.length, rejected);
        execute(sql.delete());
    }

    private long put(SinkBatch batch, int[] puts, List<Rejection> rejected) throws SQLException {
        if (direct.isPresent()) {
            lastTransfer = direct.get().transfer();
            if (direct.get().put(batch, puts, rejected)) {
                return 0;
            }
        }
        int before = rejected.size();
        lastTransfer = rowTransfer;
        lastTransfer.copy(connection, batch, puts, 0, puts.length, rejected);
        requireDifferentKeys();
        int sent = puts.length - (rejected.size() - before);
        long met = execute(sql.put());
        return sql.counted() ? sent - met : 0;
    }

    /** Rows without the deletes that have no key to delete by. */
    private int[] counting(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) {
        int[] counting = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!batch.hasValue(rows[i]) && (keyTransfer.isEmpty() || !batch.hasKey(rows[i]))) {
                rejected.add(new Rejection(rows[i], "JDBC-DELETE", mapping.undeletable()));
            } else {
                counting[count++] = rows[i];
            }
        }
        return Arrays.copyOf(counting, count);
    }

    /** A rejected row must not hide an earlier good one of its key: then the records have to be applied one by one. */
    private static void requireNoneHidden(List<Rejection> rejected, BitSet superseding) throws SQLException {
        if (rejected.stream().anyMatch(rejection -> superseding.get(rejection.row()))) {
            throw new SQLException("the last row of a key is bad", DatabaseErrors.SEVERAL_ROWS_OF_A_KEY);
        }
    }

    private void requireDifferentKeys() throws SQLException {
        if (sql.twice().isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql.twice().get())) {
            if (found.next()) {
                throw new SQLException("two rows of one key", DatabaseErrors.SEVERAL_ROWS_OF_A_KEY);
            }
        }
    }

    /** The count of the first statement. */
    private long execute(List<String> statements) throws SQLException {
        long first = -1;
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                long count = statement.executeUpdate(each);
                first = first < 0 ? count : first;
            }
        }
        return Math.max(0, first);
    }
}
