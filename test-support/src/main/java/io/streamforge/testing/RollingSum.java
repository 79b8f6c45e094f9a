package io.streamforge.testing;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Stage;
import io.streamforge.connector.StageOutput;
import io.streamforge.connector.StagePlan;
import io.streamforge.connector.StageProvider;
import io.streamforge.connector.StageRow;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stage that gives, for each row with a column {@code id}, the sum of the last ids, so that what it gives depends on rows that
 * were given long before; and at the end a row {@code -1} with the last sum. Configured by {@code rows}, the length of its memory,
 * {@code reject_every}, which makes it refuse every nth id, and {@code one_partition}.
 */
public final class RollingSum implements StageProvider {

    public static final RowSchema SUMS = new RowSchema(
            "sums",
            List.of(Column.required("id", DataType.INT64), Column.required("total", DataType.INT64)),
            List.of("id"));

    public static final String REFUSED = "ROLLING-REFUSED";

    @Override
    public String name() {
        return "rolling";
    }

    @Override
    public String description() {
        return "Sums the last ids, for example {rows: 100}.";
    }

    @Override
    public String worker() {
        return "stage-worker";
    }

    @Override
    public Optional<StagePlan> plan(Object configuration, List<RowSchema> input, List<Problem> problems) {
        int column = input.get(0).indexOf("id");
        if (column < 0 || !(configuration instanceof Map<?, ?> members)) {
            problems.add(new Problem("ROLLING-COLUMN", "", "there is no column 'id', or nothing to sum", null));
            return Optional.empty();
        }
        int rows = number(members, "rows", 100);
        int every = number(members, "reject_every", 0);
        boolean onePartition = !Boolean.FALSE.equals(members.get("one_partition"));
        return Optional.of(new StagePlan(List.of(SUMS), onePartition, () -> new Sums(column, rows, every)));
    }

    private static int number(Map<?, ?> members, String name, int fallback) {
        return members.get(name) instanceof Number number ? number.intValue() : fallback;
    }

    /** The sum that a stage with this memory gives for an id, when ids count up from 0 or from 1. */
    public static long expected(long id, int rows, long first) {
        long oldest = Math.max(first, id - rows + 1);
        return (oldest + id) * (id - oldest + 1) / 2;
    }

    private static final class Sums implements Stage {

        private record Remembered(long offset, long id) {}

        private final int column;
        private final int rows;
        private final int every;
        private final Deque<Remembered> memory = new ArrayDeque<>();
        private long sum;

        Sums(int column, int rows, int every) {
            this.column = column;
            this.rows = rows;
            this.every = every;
        }

        @Override
        public void process(StageRow row, StageOutput output) {
            long id = row.cursor().getLong(column);
            if (every > 0 && id % every == every - 1) {
                output.row(0).writeLong(id);
                output.reject(REFUSED, "every " + every + "th id is refused");
                return;
            }
            memory.addLast(new Remembered(row.offset(), id));
            sum += id;
            if (memory.size() > rows) {
                sum -= memory.removeFirst().id();
            }
            give(id, row.timestampMicros(), output);
        }

        private void give(long id, long micros, StageOutput output) {
            RowWriter writer = output.row(0);
            writer.writeLong(id);
            writer.writeLong(sum);
            writer.endRow(Op.UPSERT, micros);
        }

        @Override
        public void end(StageOutput output) {
            give(-1, Long.MIN_VALUE, output);
        }

        @Override
        public OptionalLong needed() {
            return memory.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(memory.getFirst().offset());
        }
    }
}
