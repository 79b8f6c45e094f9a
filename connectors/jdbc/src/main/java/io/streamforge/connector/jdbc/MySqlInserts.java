package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Rows as INSERTs of many rows each, for servers that do not take LOAD DATA LOCAL. */
final class MySqlInserts implements Transfer {

    /** Below what servers take as a statement by default. */
    private static final int LARGEST = 512 * 1024;

    private final MySqlRows rows;
    private final String insert;
    private final MySqlText text = new MySqlText();

    MySqlInserts(TableName table, MySqlRows rows) {
        this.rows = rows;
        insert = "INSERT INTO " + table.quoted() + " ("
                + Ddl.names(rows.targets().stream().map(TargetColumn::name).toList()) + ") VALUES ";
    }

    @Override
    public void copy(Connection connection, SinkBatch batch, int[] wanted, int from, int to, List<Rejection> rejected)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int count = 0;
            for (int i = from; i < to; i++) {
                int start = begin(count);
                if (rows.values(batch, wanted[i], text, rejected)) {
                    count++;
                } else {
                    text.truncate(start);
                }
                if (text.length() >= LARGEST) {
                    count = send(statement, count);
                }
            }
            send(statement, count);
        }
    }

    @Override
    public int rowOfLine(int line) {
        return -1;
    }

    /** Puts what stands before a row; says how long the text was without it. */
    private int begin(int count) {
        if (count == 0) {
            text.truncate(0);
            text.putText(insert);
            return 0;
        }
        int start = text.length();
        text.putByte(',');
        return start;
    }

    private int send(Statement statement, int count) throws SQLException {
        if (count > 0) {
            statement.executeLargeUpdate(new String(text.array(), 0, text.length(), StandardCharsets.UTF_8));
        }
        return 0;
    }
}
