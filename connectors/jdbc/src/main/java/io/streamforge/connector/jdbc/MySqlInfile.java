package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.connector.jdbc.MySqlColumn.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows as one {@code LOAD DATA LOCAL INFILE} whose file is a stream of ours. With LOCAL the server changes or skips what does not
 * fit and warns; here a warning is an error, so that no value is changed.
 */
final class MySqlInfile implements Transfer {

    private static final int PIECE = 64 * 1024;

    private final MySqlRows rows;
    private final String sql;
    private final MySqlText text = new MySqlText();

    MySqlInfile(TableName table, MySqlRows rows) {
        this.rows = rows;
        String assignments = IntStream.range(0, rows.targets().size())
                .filter(this::assigned)
                .mapToObj(i -> name(i) + " = "
                        + (rows.form(i) == Form.HEX ? "unhex(@v" + i + ")" : "cast(@v" + i + " AS unsigned)"))
                .collect(Collectors.joining(", "));
        sql = "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + table.quoted()
                + " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + IntStream.range(0, rows.targets().size())
                        .mapToObj(i -> assigned(i) ? "@v" + i : name(i))
                        .collect(Collectors.joining(", "))
                + ")" + (assignments.isEmpty() ? "" : " SET " + assignments);
    }

    @Override
    public void copy(Connection connection, SinkBatch batch, int[] wanted, int from, int to, List<Rejection> rejected)
            throws SQLException {
        int before = rejected.size();
        try (Statement statement = connection.createStatement()) {
            statement
                    .unwrap(org.mariadb.jdbc.Statement.class)
                    .setLocalInfileInputStream(new Lines(batch, wanted, from, to, rejected));
            long stored = statement.executeLargeUpdate(sql);
            SQLWarning warning = statement.getWarnings();
            if (warning != null) {
                throw new SQLException(warning.getMessage(), warning.getSQLState(), warning.getErrorCode());
            }
            if (stored != to - from - (rejected.size() - before)) {
                throw new SQLException("the server has skipped rows", "22000");
            }
        }
    }

    @Override
    public int rowOfLine(int line) {
        return -1;
    }

    private boolean assigned(int column) {
        return rows.form(column) == Form.HEX || rows.form(column) == Form.BITS;
    }

    private String name(int column) {
        return TableName.quote(rows.targets().get(column).name());
    }

    /** The file, written while it is read. */
    private final class Lines extends InputStream {

        private final SinkBatch batch;
        private final int[] wanted;
        private final int to;
        private final List<Rejection> rejected;
        private int next;
        private InputStream piece = new ByteArrayInputStream(new byte[0]);

        Lines(SinkBatch batch, int[] wanted, int from, int to, List<Rejection> rejected) {
            this.batch = batch;
            this.wanted = wanted;
            this.to = to;
            this.rejected = rejected;
            next = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = piece.read(target, offset, length);
            while (read < 0 && next < to) {
                fill();
                read = piece.read(target, offset, length);
            }
            return read;
        }

        private void fill() {
            text.truncate(0);
            while (next < to && text.length() < PIECE) {
                rows.line(batch, wanted[next++], text, rejected);
            }
            piece = new ByteArrayInputStream(text.array(), 0, text.length());
        }
    }
}
