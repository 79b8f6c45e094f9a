package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.record.InvalidValueException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Copies rows of a batch, or their keys, to a table. */
final class RowCopy implements Transfer {

    private final String sql;
    private final CopyRows encoder;
    private final Failures failures;
    private final CopyBuffer buffer = CopyStream.newBuffer();

    private int[] sent = new int[0];
    private int lines;

    private RowCopy(TableName table, List<String> columns, CopyRows encoder, Failures failures) {
        sql = "COPY " + table.quoted() + " (" + Ddl.names(columns) + ") FROM STDIN (FORMAT binary)";
        this.encoder = encoder;
        this.failures = failures;
    }

    /** @param key columns of the rows that are never null */
    static RowCopy ofRows(TableName table, Mapping mapping, List<Integer> key, Failures failures) {
        CopyRows encoder = new CopyRows(mapping.schema(), false, mapping.columns(), key);
        return new RowCopy(table, mapping.columnNames(), encoder, failures);
    }

    static RowCopy ofKeys(TableName table, Mapping mapping, Failures failures) {
        List<TargetColumn> columns =
                mapping.key().stream().map(mapping.columns()::get).toList();
        CopyRows encoder = new CopyRows(mapping.schema().keySchema(), true, columns, List.of());
        return new RowCopy(table, mapping.keyNames(), encoder, failures);
    }

    @Override
    public void copy(Connection connection, SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected)
            throws SQLException {
        sent = sent.length < to - from ? new int[to - from] : sent;
        lines = 0;
        CopyStream stream = CopyStream.start(connection, sql, buffer);
        try {
            for (int i = from; i < to; i++) {
                int row = rows[i];
                if (encode(batch, row, rejected)) {
                    sent[lines++] = row;
                    stream.rowAdded();
                }
            }
            stream.end();
        } catch (RuntimeException e) {
            stream.cancel();
            throw e;
        }
    }

    @Override
    public int rowOfLine(int line) {
        return line >= 1 && line <= lines ? sent[line - 1] : -1;
    }

    private boolean encode(SinkBatch batch, int row, List<Rejection> rejected) {
        try {
            encoder.encode(batch, row, buffer);
            return true;
        } catch (InvalidValueException | IllegalArgumentException e) {
            rejected.add(new Rejection(row, "JDBC-VALUE", failures.words(e.getMessage())));
            return false;
        }
    }
}
