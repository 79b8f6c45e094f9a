package io.streamforge.connector.jdbc;

import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.WriteResult.Rejection;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts and deletes rows by key: COPY into a temporary table, then one statement for all. Only the last record of a key
 * counts, so that puts and deletes have no key in common and their order is free.
 */
final class UpsertLoad implements Load {

    private static final TableName STAGE = new TableName(Optional.of("pg_temp"), "streamforge_stage", true);
    private static final TableName KEYS = new TableName(Optional.of("pg_temp"), "streamforge_keys", true);

    private final Connection connection;
    private final Mapping mapping;
    private final KeyIndex keyIndex;
    private final RowCopy rowCopy;
    private final Optional<RowCopy> keyCopy;

    private RowCopy lastCopy;

    UpsertLoad(Connection connection, Mapping mapping, Failures failures) {
        this.connection = connection;
        this.mapping = mapping;
        keyIndex = new KeyIndex(mapping);
        rowCopy = RowCopy.ofRows(STAGE, mapping, mapping.key(), failures);
        keyCopy = mapping.deletes() ? Optional.of(RowCopy.ofKeys(KEYS, mapping, failures)) : Optional.empty();
        lastCopy = rowCopy;
    }

    @Override
    public void prepare() throws SQLException {
        execute(createStage(STAGE, mapping.columnNames()));
        execute(createStage(KEYS, mapping.keyNames()));
    }

    @Override
    public void apply(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) throws SQLException {
        int[] counting = counting(batch, rows, from, to, rejected);
        BitSet superseding = new BitSet();
        BitSet last = keyIndex.last(batch, counting, 0, counting.length, superseding);
        int[] puts = last.stream().filter(row -> batch.value(row) != null).toArray();
        int[] deletes = last.stream().filter(row -> batch.value(row) == null).toArray();
        int before = rejected.size();
        if (deletes.length > 0) {
            lastCopy = keyCopy.orElseThrow();
            lastCopy.copy(connection, batch, deletes, 0, deletes.length, rejected);
            execute(deleteSql());
        }
        if (puts.length > 0) {
            lastCopy = rowCopy;
            rowCopy.copy(connection, batch, puts, 0, puts.length, rejected);
            execute(upsertSql());
        }
        requireNoneHidden(rejected.subList(before, rejected.size()), superseding);
    }

    @Override
    public void clear() throws SQLException {
        execute("DELETE FROM " + STAGE.quoted());
        execute("DELETE FROM " + KEYS.quoted());
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
        return lastCopy.rowOfLine(line);
    }

    /** Rows without the deletes that have no key to delete by. */
    private int[] counting(SinkBatch batch, int[] rows, int from, int to, List<Rejection> rejected) {
        int[] counting = new int[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            if (batch.value(rows[i]) == null && (keyCopy.isEmpty() || batch.key(rows[i]) == null)) {
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
            throw new SQLException("the last row of a key is bad", PostgresErrors.SEVERAL_ROWS_OF_A_KEY);
        }
    }

    private String createStage(TableName stage, List<String> columns) {
        return "CREATE TEMPORARY TABLE " + TableName.quote(stage.name()) + " ON COMMIT DELETE ROWS AS SELECT "
                + Ddl.names(columns) + " FROM " + mapping.table().name().quoted() + " WITH NO DATA";
    }

    private String upsertSql() {
        String names = Ddl.names(mapping.columnNames());
        String changes = mapping.otherNames().stream()
                .map(TableName::quote)
                .map(name -> name + " = EXCLUDED." + name)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + mapping.table().name().quoted() + " (" + names + ") OVERRIDING SYSTEM VALUE SELECT "
                + names + " FROM " + STAGE.quoted() + " ON CONFLICT (" + Ddl.names(mapping.keyNames()) + ") DO "
                + (changes.isEmpty() ? "NOTHING" : "UPDATE SET " + changes);
    }

    private String deleteSql() {
        String same = mapping.keyNames().stream()
                .map(TableName::quote)
                .map(name -> "t." + name + " = k." + name)
                .collect(Collectors.joining(" AND "));
        return "DELETE FROM " + mapping.table().name().quoted() + " t USING " + KEYS.quoted() + " k WHERE " + same;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
