package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkBatch.Range;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.connector.WriteResult.Rejection;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a target has been written, in the table {@code streamforge_offsets} beside it. Invariant: {@code next} of a partition
 * changes only in the transaction that writes the rows before it, and only for the writer that took the partition last.
 */
final class Offsets {

    static final String TABLE = "streamforge_offsets";

    /** What happens once in a run, whichever task of the sink does it; kept as an entry with a partition of its own. */
    enum Mark {
        BEGUN(-1),
        FINISHED(-2);

        private final int partition;

        Mark(int partition) {
            this.partition = partition;
        }
    }

    /** {@code next} of a partition that was taken and never written. */
    private static final long UNKNOWN = -1;

    private static final String OF_SINK = " WHERE topic = ? AND vertex = ?";
    private static final String WHERE_PARTITION = " WHERE topic = ? AND \"partition\" = ? AND vertex = ?";

    private final TableName table;
    private final SinkContext context;
    private final Grammar grammar;
    private final Map<Integer, Long> epochs = new HashMap<>();

    Offsets(TableName table, SinkContext context, Grammar grammar) {
        this.table = table;
        this.context = context;
        this.grammar = grammar;
    }

    /** Takes the partitions from whoever had them, and says how far they are. */
    Map<Integer, Progress> claim(Connection connection) throws SQLException {
        String sql = "INSERT INTO " + table.quoted()
                + " (topic, \"partition\", vertex, epoch, next, written, rejected, owner, updated_at) VALUES (?, ?, ?,"
                + " 1, "
                + UNKNOWN + ", 0, 0, " + grammar.owner() + ", CURRENT_TIMESTAMP) " + grammar.orUpdateOffsets()
                + " epoch = " + TABLE + ".epoch + 1, owner = " + grammar.owner()
                + ", updated_at = CURRENT_TIMESTAMP, completed_at = NULL";
        String taken = "SELECT epoch, next, written, rejected FROM " + table.quoted() + WHERE_PARTITION;
        Map<Integer, Progress> known = new HashMap<>();
        try (PreparedStatement take = connection.prepareStatement(sql);
                PreparedStatement look = connection.prepareStatement(taken)) {
            for (int partition : context.partitions().stream().sorted().toList()) {
                setPartition(take, 1, partition);
                take.executeUpdate();
                setPartition(look, 1, partition);
                try (ResultSet row = look.executeQuery()) {
                    row.next();
                    epochs.put(partition, row.getLong(1));
                    if (row.getLong(2) != UNKNOWN) {
                        known.put(partition, new Progress(row.getLong(2), row.getLong(3), row.getLong(4)));
                    }
                }
            }
        }
        return known;
    }

    /**
     * Moves the offsets over a batch, all of whose rows count as written for now. First statement of a transaction: it locks
     * out any other writer of the partitions.
     *
     * @return false when the batch has been committed before, by this writer
     * @throws ConnectorException when a newer writer has taken a partition, or the batch does not begin where the target is
     */
    boolean advance(Connection connection, SinkBatch batch) throws SQLException, ConnectorException {
        String sql = "UPDATE " + table.quoted() + " SET next = ?, written = written + ?, owner = " + grammar.owner()
                + ", updated_at = CURRENT_TIMESTAMP" + WHERE_PARTITION + " AND epoch = ? AND next IN (?, " + UNKNOWN
                + ")";
        Map<Integer, Long> rows = rowsByPartition(batch);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Integer, Range> entry : batch.ranges().entrySet()) {
                int partition = entry.getKey();
                Range range = entry.getValue();
                statement.setLong(1, range.next());
                statement.setLong(2, rows.getOrDefault(partition, 0L));
                setPartition(statement, 3, partition);
                statement.setLong(6, epoch(partition));
                statement.setLong(7, range.first());
                if (statement.executeUpdate() == 0) {
                    return requireCommitted(connection, partition, range);
                }
            }
        }
        return true;
    }

    /** Counts rows as rejected that {@link #advance} counted as written. */
    void reject(Connection connection, SinkBatch batch, List<Rejection> rejected) throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        Map<Integer, Long> counts = new HashMap<>();
        rejected.forEach(rejection -> counts.merge(batch.partition(rejection.row()), 1L, Long::sum));
        String sql =
                "UPDATE " + table.quoted() + " SET written = written - ?, rejected = rejected + ?" + WHERE_PARTITION;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
                statement.setLong(1, entry.getValue());
                statement.setLong(2, entry.getValue());
                setPartition(statement, 3, entry.getKey());
                statement.executeUpdate();
            }
        }
    }

    /** Counts updates that met no row, at the batch's first partition: which one they came from is not known. */
    void miss(Connection connection, SinkBatch batch, long missed) throws SQLException {
        if (missed == 0) {
            return;
        }
        String sql = "UPDATE " + table.quoted() + " SET missed = missed + ?" + WHERE_PARTITION;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, missed);
            setPartition(statement, 2, batch.ranges().keySet().iterator().next());
            statement.executeUpdate();
        }
    }

    /** True when the target stands behind the batch: {@link #advance} was called and not rolled back. */
    boolean at(Connection connection, SinkBatch batch) throws SQLException {
        String sql = "SELECT next FROM " + table.quoted() + WHERE_PARTITION;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<Integer, Range> entry : batch.ranges().entrySet()) {
                setPartition(statement, 1, entry.getKey());
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next() || row.getLong(1) != entry.getValue().next()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Notes that the input has ended, so that the entries can be removed some day. */
    void complete(Connection connection) throws SQLException {
        String sql = "UPDATE " + table.quoted() + " SET completed_at = CURRENT_TIMESTAMP" + WHERE_PARTITION
                + " AND epoch = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int partition : context.partitions()) {
                setPartition(statement, 1, partition);
                statement.setLong(4, epoch(partition));
                statement.executeUpdate();
            }
        }
    }

    /**
     * True when the input of all tasks of the sink has ended. Locks their entries until the transaction ends, so that one of
     * them sees the others complete.
     */
    boolean allCompleted(Connection connection) throws SQLException {
        String sql = "SELECT \"partition\", completed_at FROM " + table.quoted() + OF_SINK
                + " AND \"partition\" >= 0 ORDER BY \"partition\"" + grammar.forUpdate();
        int completed = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, context.topic());
            statement.setString(2, context.group());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    completed += row.getObject(2) == null ? 0 : 1;
                }
            }
        }
        return completed == context.topicPartitions();
    }

    boolean marked(Connection connection, Mark mark) throws SQLException {
        String sql = "SELECT 1 FROM " + table.quoted() + WHERE_PARTITION;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setPartition(statement, 1, mark.partition);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Remembers a step of the run in the transaction that takes it. */
    void mark(Connection connection, Mark mark) throws SQLException {
        String sql = "INSERT INTO " + table.quoted()
                + " (topic, \"partition\", vertex, epoch, next, written, rejected, owner, updated_at, completed_at)"
                + " VALUES (?, ?, ?, 1, 0, 0, 0, 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setPartition(statement, 1, mark.partition);
            statement.executeUpdate();
        }
    }

    /** What {@link Grammar#owner} was for whoever wrote the partitions last. */
    List<Long> owners(Connection connection) throws SQLException {
        String sql = "SELECT owner FROM " + table.quoted() + WHERE_PARTITION;
        List<Long> owners = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int partition : context.partitions()) {
                setPartition(statement, 1, partition);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        owners.add(row.getLong(1));
                    }
                }
            }
        }
        return owners.stream().distinct().toList();
    }

    /** Removes the entries of other runs that were completed more than a week ago. */
    void purge(Connection connection) throws SQLException {
        String sql = "DELETE FROM " + table.quoted() + " WHERE completed_at < " + grammar.weekAgo() + " AND topic <> ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, context.topic());
            statement.executeUpdate();
        }
    }

    /** Creates the table of offsets; the caller has seen that it is missing, or may create it. */
    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(grammar.createOffsets(table));
        }
    }

    private boolean requireCommitted(Connection connection, int partition, Range range)
            throws SQLException, ConnectorException {
        String sql = "SELECT epoch, next FROM " + table.quoted() + WHERE_PARTITION;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setPartition(statement, 1, partition);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getLong(1) != epoch(partition)) {
                    throw new ConnectorException(
                            ConnectorException.SUPERSEDED,
                            Category.FATAL,
                            "a newer attempt writes partition " + partition + " of " + context.topic(),
                            "nothing to do: the newer attempt goes on");
                }
                if (row.getLong(2) != range.next()) {
                    throw new ConnectorException(
                            "JDBC-OFFSET",
                            Category.FATAL,
                            "the target is at offset %d of partition %d of %s, the batch begins at %d"
                                    .formatted(row.getLong(2), partition, context.topic(), range.first()),
                            "restart the sink, so that it goes on where the target is");
                }
                return false;
            }
        }
    }

    private static Map<Integer, Long> rowsByPartition(SinkBatch batch) {
        Map<Integer, Long> rows = new HashMap<>();
        if (batch.ranges().size() == 1) {
            rows.put(batch.ranges().keySet().iterator().next(), (long) batch.size());
            return rows;
        }
        for (int i = 0; i < batch.size(); i++) {
            rows.merge(batch.partition(i), 1L, Long::sum);
        }
        return rows;
    }

    private long epoch(int partition) {
        Long epoch = epochs.get(partition);
        if (epoch == null) {
            throw new IllegalStateException("partition " + partition + " was not restored");
        }
        return epoch;
    }

    private void setPartition(PreparedStatement statement, int at, int partition) throws SQLException {
        statement.setString(at, context.topic());
        statement.setInt(at + 1, partition);
        statement.setString(at + 2, context.group());
    }
}
