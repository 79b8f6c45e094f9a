package io.streamforge.connector.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.SimulatedDatabase.At;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A table that changes while it is followed. */
class FollowedChangesTest {

    private static final Column ID = Column.required("id", DataType.INT64);
    private static final RowSchema BEFORE = schema(ID);
    private static final RowSchema FOUND = schema(ID, Column.required("city", DataType.STRING));
    private static final RowSchema WRITTEN = schema(ID, Column.nullable("city", DataType.STRING));

    private final Queue<LogEvent> log = new ArrayDeque<>();
    private final List<RowSchema> chunksRead = new ArrayList<>();
    private boolean filled;
    private long now;

    @Test
    void shouldSayThatATableHasChangedAndGoOnInItsNewForm() throws Exception {
        // given
        CaptureLoop loop = loop(BEFORE, CapturePosition.NONE, SchemaChangeMode.EVOLVE);
        log.add(rows(1, BEFORE, 1L));
        log.add(new LogEvent.SchemaChanged(FOUND, "ALTER TABLE", new At(2)));
        log.add(rows(3, FOUND, 2L, "Graz"));

        // when
        RecordBatch before = loop.next();
        RecordBatch change = loop.next();
        RecordBatch after = loop.next();

        // then
        assertThat(before.schema()).isEqualTo(BEFORE);
        assertThat(change.schema()).isEqualTo(WRITTEN);
        assertThat(change.size()).isZero();
        assertThat(after.schema()).isEqualTo(WRITTEN);
        assertThat(after.size()).isEqualTo(1);
    }

    @Test
    void shouldGoOnInTheNewFormBehindAnyPosition() throws Exception {
        // given
        CaptureLoop first = loop(BEFORE, CapturePosition.NONE, SchemaChangeMode.EVOLVE);
        log.add(new LogEvent.SchemaChanged(FOUND, "ALTER TABLE", new At(2)));
        CapturePosition position = CapturePosition.of(first.next().position());

        // when
        CaptureLoop second = loop(BEFORE, position, SchemaChangeMode.EVOLVE);
        log.add(rows(3, FOUND, 2L, "Graz"));

        // then
        assertThat(second.next().schema()).isEqualTo(WRITTEN);
    }

    @Test
    void shouldReadATableAgainWhoseRowsHaveGotValuesByTheChange() throws Exception {
        // given
        filled = true;
        CaptureLoop loop = loop(BEFORE, done(), SchemaChangeMode.EVOLVE);
        log.add(new LogEvent.SchemaChanged(BEFORE, "as of", new At(1)));
        log.add(new LogEvent.SchemaChanged(FOUND, "ALTER TABLE", new At(2)));
        loop.next();
        log.add(new LogEvent.Reached(new At(3)));

        // when
        RecordBatch again = loop.next();

        // then
        assertThat(chunksRead).containsExactly(FOUND);
        assertThat(again.schema()).isEqualTo(WRITTEN);
        assertThat(again.rows().op(0)).isEqualTo(Op.SNAPSHOT);
    }

    @Test
    void shouldNotReadATableAgainForAColumnThatIsEmpty() throws Exception {
        // given
        CaptureLoop loop = loop(BEFORE, done(), SchemaChangeMode.LENIENT);
        log.add(new LogEvent.SchemaChanged(FOUND, "ALTER TABLE", new At(2)));
        loop.next();
        log.add(rows(3, FOUND, 2L, "Graz"));

        // when
        loop.next();

        // then
        assertThat(chunksRead).isEmpty();
    }

    @Test
    void shouldFollowALogThatIsBehindTheTable() throws Exception {
        // given
        CaptureLoop loop = loop(WRITTEN, done(), SchemaChangeMode.EVOLVE);
        log.add(new LogEvent.SchemaChanged(BEFORE, "as of", new At(1)));
        log.add(rows(2, BEFORE, 1L));

        // when
        RecordBatch batch = loop.next();

        // then
        assertThat(batch.schema()).isEqualTo(WRITTEN);
        assertThat(batch.size()).isEqualTo(1);
    }

    @Test
    void shouldHaltAtAColumnThatWentUnlessItIsToStay() throws Exception {
        // given
        CaptureLoop evolving = loop(WRITTEN, CapturePosition.NONE, SchemaChangeMode.EVOLVE);
        log.add(new LogEvent.SchemaChanged(BEFORE, "ALTER TABLE", new At(1)));

        // then
        assertThatThrownBy(evolving::next)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("column 'city' is gone");

        // given
        CaptureLoop lenient = loop(WRITTEN, CapturePosition.NONE, SchemaChangeMode.LENIENT);
        log.add(new LogEvent.SchemaChanged(BEFORE, "ALTER TABLE", new At(1)));
        log.add(rows(2, BEFORE, 1L));

        // then
        assertThat(lenient.next().schema()).isEqualTo(WRITTEN);
    }

    private static CapturePosition done() {
        return new CapturePosition(Map.of("index", 0), Map.of("t", new TableProgress.Done()), Map.of());
    }

    private CaptureLoop loop(RowSchema table, CapturePosition from, SchemaChangeMode mode) {
        CaptureSettings settings =
                new CaptureSettings(true, 10, 0, new SchemaChanges(mode, Map.of()), Duration.ofSeconds(1));
        return new CaptureLoop(new Log(), new Chunks(), List.of(table), from, settings, () -> now += 1_000_000_000L);
    }

    private static RowSchema schema(Column... columns) {
        return new RowSchema("t", List.of(columns), List.of("id"));
    }

    private static LogEvent rows(long at, RowSchema schema, Object... values) {
        return new LogEvent.Rows(schema, row(schema, Op.UPDATE, values), new At(at));
    }

    private static RowBuffer row(RowSchema schema, Op op, Object... values) {
        RowBuffer rows = new RowBuffer();
        byte[] row = RowWriter.encode(schema, Arrays.asList(values));
        rows.append(row, 0, row.length, op, 5);
        return rows;
    }

    private final class Log implements ChangeLog {

        @Override
        public @Nullable LogEvent poll(Duration timeout) {
            return log.poll();
        }

        @Override
        public void acknowledge(LogPosition position) {}

        @Override
        public void close() {}
    }

    /** A table that has one row. */
    private final class Chunks implements ChunkReader {

        @Override
        public Optional<List<String>> highestKey(RowSchema table) {
            return table.equals(FOUND) ? Optional.of(List.of("7")) : Optional.empty();
        }

        @Override
        public Optional<Chunk> read(RowSchema table, List<String> after, List<String> upTo, int limit) {
            chunksRead.add(table);
            return Optional.of(new Chunk(row(table, Op.UPSERT, 7L, "Linz"), upTo, true, new At(3)));
        }

        @Override
        public boolean filled(RowSchema table, List<String> columns) {
            return filled;
        }

        @Override
        public void close() {}
    }
}
