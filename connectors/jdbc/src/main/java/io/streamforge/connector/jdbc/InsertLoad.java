package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/** Adds rows: COPY straight into the target. */
final class InsertLoad implements Load {

    private final Connection connection;
    private final RowCopy copy;

    InsertLoad(Connection connection, Mapping mapping, Failures failures) {
        this.connection = connection;
        copy = RowCopy.ofRows(mapping.table().name(), mapping, List.of(), failures);
    }

    @Override
    public void prepare() {}

    @Override
    public void apply(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) throws SQLException {
        int[] puts = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (batch.value(rows[i]) == null) {
                rejected.add(new Rejection(rows[i], "JDBC-DELETE", "mode insert cannot delete; use mode upsert"));
            } else {
                puts[count++] = rows[i];
            }
        }
        if (count > 0) {
            copy.copy(connection, batch, puts, 0, count, rejected);
        }
    }

    @Override
    public void clear() {}

    @Override
    public BitSet last(SinkBatch batch) {
        BitSet all = new BitSet();
        all.set(0, batch.size());
        return all;
    }

    @Override
    public int rowOfLine(int line) {
        return copy.rowOfLine(line);
    }
}
