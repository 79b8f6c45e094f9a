package io.streamforge.connector.capture;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tables of numbered rows and a log of their changes. Writers are at work between any two calls of a capture, so chunks are read
 * while the log runs on.
 */
final class SimulatedDatabase implements Capture.Opener {

    private static final int KEYS = 40;

    private final Random random;
    private final List<Commit> commits = new ArrayList<>();
    private long version;
    /** Writers stop some time, so that a capture can come to its end. */
    private int writes;

    final List<Long> acknowledged = new ArrayList<>();

    /** One change; its place in the log is its index. */
    private record Commit(String table, Op op, long key, long version) {}

    /** A place in this log. */
    record At(long index) implements LogPosition {
        @Override
        public boolean covers(LogPosition other) {
            return index >= ((At) other).index;
        }

        @Override
        public Map<String, Object> values() {
            return Map.of("index", index);
        }
    }

    SimulatedDatabase(Random random, int writes) {
        this.random = random;
        this.writes = writes;
    }

    static RowSchema table(String name) {
        return new RowSchema(
                name,
                List.of(Column.required("id", DataType.INT64), Column.required("version", DataType.INT64)),
                List.of("id"));
    }

    void write(List<String> tables, int changes) {
        for (int i = 0; i < changes; i++) {
            String table = tables.get(random.nextInt(tables.size()));
            if (random.nextInt(60) == 0) {
                commits.add(new Commit(table, Op.TRUNCATE, 0, ++version));
                continue;
            }
            long key = random.nextInt(KEYS);
            boolean there = contents(table, commits.size()).containsKey(key);
            Op op = !there ? Op.CREATE : random.nextInt(3) == 0 ? Op.DELETE : Op.UPDATE;
            commits.add(new Commit(table, op, key, ++version));
        }
    }

    long end() {
        return commits.size();
    }

    /** Versions by key when the first {@code length} changes have been committed. */
    TreeMap<Long, Long> contents(String table, int length) {
        TreeMap<Long, Long> rows = new TreeMap<>();
        for (Commit commit : commits.subList(0, length)) {
            if (!commit.table().equals(table)) {
                continue;
            }
            switch (commit.op()) {
                case TRUNCATE -> rows.clear();
                case DELETE -> rows.remove(commit.key());
                default -> rows.put(commit.key(), commit.version());
            }
        }
        return rows;
    }

    @Override
    public Capture.Opened open(Optional<Map<String, Object>> log, List<RowSchema> tables) {
        int from = log.map(values -> ((Number) values.get("index")).intValue()).orElse(commits.size());
        SimulatedLog opened = new SimulatedLog(from);
        return new Capture.Opened(opened, new SimulatedChunks(opened), new SimulatedTables());
    }

    private void maybeWrite() {
        if (writes > 0 && random.nextInt(3) == 0) {
            int changes = Math.min(writes, random.nextInt(6));
            writes -= changes;
            write(List.of("a", "b"), changes);
        }
    }

    private final class SimulatedLog implements ChangeLog {

        private int next;

        SimulatedLog(int next) {
            this.next = next;
        }

        @Override
        public LogEvent poll(Duration timeout) {
            maybeWrite();
            if (next == commits.size()) {
                return new LogEvent.Reached(new At(next));
            }
            Commit commit = commits.get(next++);
            At after = new At(next);
            if (commit.op() == Op.TRUNCATE) {
                return new LogEvent.Truncated(commit.table(), commit.version(), after);
            }
            RowBuffer rows = new RowBuffer();
            rows(commit, rows);
            return new LogEvent.Rows(table(commit.table()), rows, after);
        }

        private void rows(Commit commit, RowBuffer rows) {
            RowSchema schema = table(commit.table());
            boolean delete = commit.op() == Op.DELETE;
            byte[] row = delete
                    ? RowWriter.encode(schema.keySchema(), List.of(commit.key()))
                    : RowWriter.encode(schema, List.of(commit.key(), commit.version()));
            rows.append(row, 0, row.length, commit.op(), commit.version());
        }

        @Override
        public void acknowledge(LogPosition position) {
            acknowledged.add(((At) position).index());
        }

        @Override
        public void close() {}
    }

    /** Tables appear by being written to. */
    private final class SimulatedTables implements TableFinder {

        @Override
        public List<String> names() {
            return commits.stream().map(Commit::table).distinct().sorted().toList();
        }

        @Override
        public RowSchema schema(String name) {
            return table(name);
        }
    }

    private final class SimulatedChunks implements ChunkReader {

        private final SimulatedLog log;

        SimulatedChunks(SimulatedLog log) {
            this.log = log;
        }

        @Override
        public Optional<List<String>> highestKey(RowSchema table) {
            TreeMap<Long, Long> rows = contents(table.name(), commits.size());
            return rows.isEmpty() ? Optional.empty() : Optional.of(List.of(String.valueOf(rows.lastKey())));
        }

        @Override
        public Optional<Chunk> read(RowSchema table, List<String> after, List<String> upTo, int limit) {
            maybeWrite();
            // A reader sees at least what the log has told, and at most what has been committed.
            int seen = log.next + random.nextInt(commits.size() - log.next + 1);
            long low = after.isEmpty() ? Long.MIN_VALUE : Long.parseLong(after.get(0)) + 1;
            RowBuffer rows = new RowBuffer();
            RowWriter writer = new RowWriter(table).to(rows);
            @Nullable Long last = null;
            int count = 0;
            boolean more = false;
            for (var row : contents(table.name(), seen)
                    .subMap(low, true, Math.max(low, Long.parseLong(upTo.get(0))), true)
                    .entrySet()) {
                if (count == limit) {
                    more = true;
                    break;
                }
                writer.writeLong(row.getKey());
                writer.writeLong(row.getValue());
                writer.endRow();
                last = row.getKey();
                count++;
            }
            maybeWrite();
            List<String> lastKey = last == null ? upTo : List.of(String.valueOf(last));
            return Optional.of(new Chunk(rows, lastKey, !more, new At(commits.size())));
        }

        @Override
        public boolean filled(RowSchema table, List<String> columns) {
            throw new AssertionError("its tables do not change");
        }

        @Override
        public void close() {}
    }

    /** Applies rows as a target does, and refuses that a key goes backwards. */
    static final class Target {

        final Map<String, TreeMap<Long, Long>> tables = new TreeMap<>();

        void apply(RowSchema schema, RowBuffer rows) {
            TreeMap<Long, Long> table = tables.computeIfAbsent(schema.name(), name -> new TreeMap<>());
            RowCursor cursor = new RowCursor(schema);
            RowCursor key = new RowCursor(schema.keySchema());
            for (int i = 0; i < rows.rows(); i++) {
                switch (rows.op(i)) {
                    case TRUNCATE -> table.clear();
                    case DELETE -> table.remove(key.wrap(rows, i).getLong(0));
                    default -> {
                        cursor.wrap(rows, i);
                        Long before = table.put(cursor.getLong(0), cursor.getLong(1));
                        if (before != null && before > cursor.getLong(1)) {
                            throw new AssertionError(schema.name() + "/" + cursor.getLong(0) + " went from " + before
                                    + " to " + cursor.getLong(1));
                        }
                    }
                }
            }
        }
    }
}
