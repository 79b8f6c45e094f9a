package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.record.Op;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Rows of one or several tables: each goes to its own target, those of a table in their order. Where constraints tie targets
 * together and that order is not enough, {@link Isolation} applies the records in the order in which they came.
 */
final class TablesLoad implements Load {

    private final Connection connection;
    private final List<Load> loads;
    private final List<TableName> targets;

    private Load last;

    /** @param targets of the loads, for what empties a table */
    TablesLoad(Connection connection, List<Load> loads, List<TableName> targets) {
        this.connection = connection;
        this.loads = List.copyOf(loads);
        this.targets = List.copyOf(targets);
        last = loads.get(0);
    }

    @Override
    public void prepare() throws SQLException {
        for (Load load : loads) {
            load.prepare();
        }
    }

    @Override
    public long apply(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) throws SQLException {
        long missed = 0;
        for (int table = 0; table < loads.size(); table++) {
            missed += apply(table, batch, ofTable(table, batch, rows, from, to), rejected);
        }
        return missed;
    }

    @Override
    public void clear() throws SQLException {
        for (Load load : loads) {
            load.clear();
        }
    }

    @Override
    public BitSet last(SinkBatch batch) {
        BitSet all = new BitSet();
        if (loads.size() == 1) {
            return loads.get(0).last(batch);
        }
        // Keys of several tables are not told apart: nothing counts as the last of its key.
        return all;
    }

    @Override
    public int rowOfLine(int line) {
        return last.rowOfLine(line);
    }

    private long apply(int table, SinkBatch batch, int[] rows, List<Rejection> rejected) throws SQLException {
        int begin = 0;
        for (int i = 0; i < rows.length; i++) {
            if (batch.op(rows[i]) == Op.TRUNCATE) {
                begin = i + 1;
            }
        }
        if (begin > 0) {
            // What the batch brought before is gone with it.
            empty(targets.get(table));
        }
        if (begin == rows.length) {
            return 0;
        }
        last = loads.get(table);
        return last.apply(batch, rows, begin, rows.length, rejected);
    }

    private int[] ofTable(int table, SinkBatch batch, int[] rows, int from, int to) {
        if (loads.size() == 1) {
            return from == 0 && to == rows.length ? rows : Arrays.copyOfRange(rows, from, to);
        }
        int[] own = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (batch.table(rows[i]) == table) {
                own[count++] = rows[i];
            }
        }
        return Arrays.copyOf(own, count);
    }

    private void empty(TableName target) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM " + target.quoted());
        }
    }
}
