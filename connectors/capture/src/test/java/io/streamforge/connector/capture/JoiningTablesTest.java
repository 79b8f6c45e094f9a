package io.streamforge.connector.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.SimulatedDatabase.Target;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Tables that appear while others are captured. */
class JoiningTablesTest {

    private static final RowSchema A = SimulatedDatabase.table("a");
    private static final RowSchema B = SimulatedDatabase.table("b");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicLong clock = new AtomicLong();

    @Test
    void shouldSayThatATableHasJoinedBeforeItsRows() {
        // given
        SimulatedDatabase database = new SimulatedDatabase(new Random(1), 0);
        database.write(List.of("a"), 30);
        database.write(List.of("b"), 30);

        // when
        List<RecordBatch> batches = read(database, List.of(A), Optional.empty(), true);

        // then
        List<RecordBatch> joined =
                batches.stream().filter(batch -> batch.schema().equals(B)).toList();
        assertThat(joined.get(0).size()).isZero();
        assertThat(contents(batches).tables.get("b")).isEqualTo(database.contents("b", (int) database.end()));
    }

    @RepeatedTest(20)
    void shouldGoOnAfterAnyBatchWithAndWithoutTheTableThatHasJoined(RepetitionInfo repetition) {
        // given
        Random random = new Random(repetition.getCurrentRepetition());
        SimulatedDatabase database = new SimulatedDatabase(random, 100);
        database.write(List.of("a", "b"), 60);
        List<RecordBatch> batches = read(database, List.of(A), Optional.empty(), true);
        int killed = random.nextInt(batches.size());
        List<RecordBatch> before = batches.subList(0, killed + 1);
        Optional<Position> from = Optional.of(before.get(killed).position());
        boolean known = before.stream().anyMatch(batch -> batch.schema().equals(B));

        // when
        List<RecordBatch> after = read(database, known ? List.of(A, B) : List.of(A), from, true);

        // then
        Target target = contents(before);
        after.forEach(batch -> target.apply(batch.schema(), batch.rows()));
        assertThat(target.tables.get("a")).isEqualTo(database.contents("a", (int) database.end()));
        assertThat(target.tables.get("b")).isEqualTo(database.contents("b", (int) database.end()));
    }

    @Test
    void shouldReadATableThatJoinsAlthoughTheRowsOfTheFirstAreNotWanted() {
        // given
        SimulatedDatabase database = new SimulatedDatabase(new Random(3), 0);
        database.write(List.of("a", "b"), 60);

        // when
        Target target = contents(read(database, List.of(A), Optional.empty(), false));

        // then
        assertThat(target.tables.get("a")).isNullOrEmpty();
        assertThat(target.tables.get("b")).isEqualTo(database.contents("b", (int) database.end()));
    }

    @Test
    void shouldLeaveATableOutAsLongAsItCannotBeCaptured() throws Exception {
        // given
        JoiningTables joining = new JoiningTables(clock::get);
        boolean[] keyed = {false};
        TableFinder finder = new TableFinder() {

            @Override
            public List<String> names() {
                return List.of("a", "b");
            }

            @Override
            public RowSchema schema(String name) throws ConnectorException {
                if (keyed[0]) {
                    return B;
                }
                throw CaptureErrors.withoutKey(name);
            }
        };

        // then
        assertThat(joining.look(finder, List.of(A))).isEmpty();
        keyed[0] = true;
        assertThat(joining.look(finder, List.of(A))).as("not so soon again").isEmpty();
        clock.addAndGet(JoiningTables.PAUSE.toNanos());
        assertThat(joining.look(finder, List.of(A))).containsExactly(B);
    }

    @Test
    void shouldNotTakeAServerThatIsAwayForATableThatCannotBeCaptured() {
        TableFinder away = new TableFinder() {

            @Override
            public List<String> names() {
                return List.of("b");
            }

            @Override
            public RowSchema schema(String name) throws ConnectorException {
                throw new ConnectorException("AWAY", Category.CONNECTION, "the server is away", "start it");
            }
        };

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new JoiningTables(clock::get).look(away, List.of(A)))
                .hasMessageContaining("away");
    }

    /** Reads until both tables are there and the log is at its end. */
    private static List<RecordBatch> read(
            SimulatedDatabase database, List<RowSchema> tables, Optional<Position> from, boolean snapshot) {
        CaptureSettings settings = new CaptureSettings(
                snapshot, 7, 0, new SchemaChanges(SchemaChangeMode.EXCEPTION, Map.of()), Duration.ofSeconds(1), true);
        return Objects.requireNonNull(new Capture(database, settings)
                .read(tables, from)
                .takeUntil(batch -> complete(database, batch.position()))
                .collectList()
                .block(LIMIT));
    }

    private static boolean complete(SimulatedDatabase database, Position position) {
        CapturePosition at = CapturePosition.of(position);
        return at.tables().size() == 2
                && at.tables().values().stream().allMatch(TableProgress.Done.class::isInstance)
                && ((Number) at.log().get("index")).longValue() == database.end();
    }

    private static Target contents(List<RecordBatch> batches) {
        Target target = new Target();
        batches.forEach(batch -> target.apply(batch.schema(), batch.rows()));
        return target;
    }
}
