package io.streamforge.connector.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.SimulatedDatabase.Target;
import io.streamforge.record.Op;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CaptureLoopTest {

    private static final List<RowSchema> TABLES = List.of(SimulatedDatabase.table("a"), SimulatedDatabase.table("b"));
    private static final int MANY = 20_000;

    private final AtomicLong clock = new AtomicLong();

    @RepeatedTest(300)
    void shouldBringATargetToTheSourcesContentsThoughItIsWrittenToAndKilled(RepetitionInfo repetition)
            throws Exception {
        // given
        Random random = new Random(repetition.getCurrentRepetition());
        SimulatedDatabase database = new SimulatedDatabase(random, 400);
        database.write(List.of("a", "b"), 60);
        Target target = new Target();
        Optional<Position> committed = Optional.empty();

        // when
        boolean complete = false;
        while (!complete) {
            CaptureLoop loop = loop(database, TABLES, committed, settings(1 + random.nextInt(9), true));
            int batches = random.nextInt(80);
            for (int i = 0; i < batches && !complete; i++) {
                RecordBatch batch = loop.next();
                clock.addAndGet(Duration.ofSeconds(2).toNanos());
                target.apply(batch.schema(), batch.rows());
                committed = Optional.of(batch.position());
                complete = quiet(database, batch.position());
            }
        }

        // then
        for (RowSchema table : TABLES) {
            assertThat(target.tables.get(table.name()))
                    .isEqualTo(database.contents(table.name(), (int) database.end()));
        }
    }

    @Test
    void shouldReadATableThatJoinsLaterWithoutReadingTheOthersAgain() throws Exception {
        // given
        SimulatedDatabase database = new SimulatedDatabase(new Random(1), 0);
        database.write(List.of("a"), 30);
        database.write(List.of("b"), 30);
        Position first = last(database, TABLES.subList(0, 1), Optional.empty());

        // when
        List<RecordBatch> batches = new ArrayList<>();
        run(database, TABLES, Optional.of(first), batches);

        // then
        assertThat(batches).filteredOn(batch -> batch.size() > 0).isNotEmpty().allSatisfy(batch -> assertThat(
                        batch.schema().name())
                .isEqualTo("b"));
    }

    @Test
    void shouldGiveChangesAloneWhenNoSnapshotIsWanted() throws Exception {
        // given
        SimulatedDatabase database = new SimulatedDatabase(new Random(2), 0);
        database.write(List.of("a"), 30);
        CaptureLoop loop = loop(database, TABLES, Optional.empty(), settings(5, false));
        loop.next();
        database.write(List.of("a"), 1);
        clock.addAndGet(Duration.ofSeconds(2).toNanos());

        // when
        RecordBatch batch = loop.next();

        // then
        assertThat(batch.size()).isEqualTo(1);
        assertThat(batch.rows().op(0)).isNotEqualTo(Op.SNAPSHOT);
        assertThat(CapturePosition.of(batch.position()).tables()).containsOnlyKeys("a", "b");
    }

    @Test
    void shouldKeepToTheRateOfTheSnapshot() throws Exception {
        // given
        SimulatedDatabase database = new SimulatedDatabase(new Random(3), 0);
        database.write(List.of("a"), 300);
        CaptureLoop loop = loop(database, TABLES, Optional.empty(), rated(10, 10));
        long rows = 0;

        // when
        for (int i = 0; i < 10; i++) {
            rows += loop.next().size();
            clock.addAndGet(Duration.ofMillis(1001).toNanos());
        }

        // then
        assertThat(rows).isLessThanOrEqualTo(110);
    }

    @Test
    void shouldRefuseAPositionOfAnotherConnector() {
        // given
        Capture capture = new Capture(new SimulatedDatabase(new Random(4), 0), settings(5, true));

        // when
        var reading = capture.read(TABLES, Optional.of(Position.of("offset", 17)));

        // then
        assertThatThrownBy(reading::blockFirst)
                .hasRootCauseInstanceOf(ConnectorException.class)
                .hasMessageContaining("CAPTURE-POSITION");
    }

    private CaptureLoop loop(
            SimulatedDatabase database, List<RowSchema> tables, Optional<Position> from, CaptureSettings settings) {
        CapturePosition known = from.map(CapturePosition::of).orElse(CapturePosition.NONE);
        Capture.Opened opened = database.open(from.isPresent() ? Optional.of(known.log()) : Optional.empty(), tables);
        return new CaptureLoop(opened.log(), opened.chunks(), tables, known, settings, clock::get);
    }

    private Position last(SimulatedDatabase database, List<RowSchema> tables, Optional<Position> from)
            throws Exception {
        return run(database, tables, from, new ArrayList<>());
    }

    private Position run(
            SimulatedDatabase database, List<RowSchema> tables, Optional<Position> from, List<RecordBatch> batches)
            throws Exception {
        CaptureLoop loop = loop(database, tables, from, settings(5, true));
        for (int i = 0; i < MANY; i++) {
            RecordBatch batch = loop.next();
            clock.addAndGet(Duration.ofSeconds(2).toNanos());
            batches.add(batch);
            if (quiet(database, batch.position(), tables.size())) {
                return batch.position();
            }
        }
        throw new AssertionError("the capture does not come to its end");
    }

    private static boolean quiet(SimulatedDatabase database, Position position) {
        return quiet(database, position, TABLES.size());
    }

    private static boolean quiet(SimulatedDatabase database, Position position, int tables) {
        CapturePosition at = CapturePosition.of(position);
        boolean done = at.tables().values().stream()
                        .filter(TableProgress.Done.class::isInstance)
                        .count()
                == tables;
        return done && ((Number) at.log().get("index")).longValue() == database.end();
    }

    private static CaptureSettings settings(int chunkRows, boolean snapshot) {
        return new CaptureSettings(
                snapshot, chunkRows, 0, new SchemaChanges(SchemaChangeMode.EXCEPTION, Map.of()), Duration.ofSeconds(1));
    }

    private static CaptureSettings rated(int chunkRows, long rate) {
        return new CaptureSettings(
                true, chunkRows, rate, new SchemaChanges(SchemaChangeMode.EXCEPTION, Map.of()), Duration.ofSeconds(1));
    }
}
