package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/** Adds rows: they are sent straight to the target. */
final class InsertLoad implements Load {

    static final String UNDELETABLE = "rows that are only added cannot be deleted; use mode upsert, with a key";

    private final Connection connection;
    private final Transfer transfer;

    InsertLoad(Connection connection, Transfer transfer) {
        this.connection = connection;
        this.transfer = transfer;
    }

    @Override
    public void prepare() {}

    @Override
    public long apply(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) throws SQLException {
        int[] puts = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (!batch.hasValue(rows[i])) {
                rejected.add(new Rejection(rows[i], "JDBC-DELETE", UNDELETABLE));
            } else {
                puts[count++] = rows[i];
            }
        }
        if (count > 0) {
            transfer.copy(connection, batch, puts, 0, count, rejected);
        }
        return 0;
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
        return transfer.rowOfLine(line);
    }
}
