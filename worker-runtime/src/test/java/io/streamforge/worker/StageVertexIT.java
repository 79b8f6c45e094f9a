package io.streamforge.worker;

import static io.streamforge.worker.testing.TestRun.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.StageNote;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.record.Framing;
import io.streamforge.record.RowCursor;
import io.streamforge.testing.RollingSum;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.TestRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageVertexIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MEMORY = 700;
    /** Commits so often that a worker dies between commits of one poll. */
    private static final Tuning EAGER = Tuning.DEFAULT.withCommit(Duration.ofMillis(10), 4096);

    @RegisterExtension
    static final Installation installation = new Installation();

    /** A row that the stage gave. */
    private record Sum(long id, long total) {}

    private static TestRun run() {
        return new TestRun(installation).stage("rows", MEMORY);
    }

    private static long written(Worker worker) {
        return worker.session().map(session -> session.snapshot().written()).orElse(0L);
    }

    private static List<Sum> sums(TestRun run) {
        RowCursor cursor = new RowCursor(RollingSum.SUMS);
        return installation.read(run.sums(), 1, true).stream()
                .map(record -> cursor.wrap(record.value(), Framing.SIZE, record.value().length))
                .map(row -> new Sum(row.getLong(0), row.getLong(1)))
                .toList();
    }

    /** What the stage gives for ids from 0, with what it gives at the end. */
    private static List<Sum> expected(long rows) {
        LongStream ids = LongStream.rangeClosed(0, rows);
        return ids.mapToObj(id -> id < rows
                        ? new Sum(id, RollingSum.expected(id, MEMORY, 0))
                        : new Sum(-1, RollingSum.expected(id - 1, MEMORY, 0)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Task.Format.class)
    void shouldGiveWhatFollowsFromItsInputAndSayWhatItDid(Task.Format format) throws Exception {
        // given
        TestRun run = run().source("rows", 3000).format(format).create();
        Worker stage = run.startStage(1);

        // when
        ended(run.startSource(1));
        run.drain("stage", 1);

        // then
        assertThat(ended(stage).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).isEqualTo(expected(3000));
        Event last = run.last("stage");
        assertThat(last.status()).isEqualTo(WorkerStatus.COMPLETED);
        assertThat(last.recordsRead()).isEqualTo(3000);
        assertThat(last.recordsEmitted()).isEqualTo(3001);
        assertThat(last.recordsWritten()).isEqualTo(3001);
        assertThat(last.recordsRejected()).isZero();
        assertThat(last.lag()).isZero();
        assertThat(last.endOffsets()).isEqualTo(installation.endOffsets(run.data(), 1));
    }

    @Test
    void shouldCompleteAnEmptyInputWithWhatFollowsFromIt() throws Exception {
        TestRun run = run().source("rows", 0).create();
        Worker stage = run.startStage(1);
        ended(run.startSource(1));
        run.drain("stage", 1);

        assertThat(ended(stage).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).containsExactly(new Sum(-1, 0));
    }

    @Test
    void shouldLoseRepeatAndMistakeNothingWhenItIsKilledAgainAndAgain() throws Exception {
        // given
        TestRun run = run().source("rows", 20_000)
                .source("delay", "5ms")
                .stage("reject_every", 1000)
                .create();
        Worker source = run.startSource(1, EAGER);

        // when
        for (int attempt = 1; attempt <= 3; attempt++) {
            long middle = attempt * 3000L;
            Worker killed = run.startStage(attempt, EAGER);
            await().atMost(SOON).until(() -> written(killed) >= middle);
            killed.kill();
            ended(killed);
        }
        Worker next = run.startStage(4, EAGER);
        ended(source);
        run.drain("stage", 4);

        // then
        assertThat(ended(next).exitCode()).isEqualTo(ExitCode.DONE);
        List<Sum> given = sums(run);
        assertThat(given).extracting(Sum::id).doesNotHaveDuplicates();
        assertThat(given).hasSize(20_000 - 20 + 1);
        assertThat(given).isEqualTo(summed(20_000, 1000));
        Event last = run.last("stage");
        assertThat(last.recordsRead()).isEqualTo(20_000);
        assertThat(last.recordsEmitted()).isEqualTo(19_981);
        assertThat(last.recordsWritten()).isEqualTo(19_981);
        assertThat(last.recordsRejected()).isEqualTo(20);
        assertThat(installation.read(run.dead(), 1, true)).hasSize(20);
    }

    /** As the stage says it should be, without the ids it refuses. */
    private static List<Sum> summed(long rows, long every) {
        List<Long> ids = LongStream.range(0, rows)
                .filter(id -> id % every != every - 1)
                .boxed()
                .toList();
        List<Sum> sums = new java.util.ArrayList<>();
        long sum = 0;
        for (int i = 0; i < ids.size(); i++) {
            sum += ids.get(i) - (i >= MEMORY ? ids.get(i - MEMORY) : 0);
            sums.add(new Sum(ids.get(i), sum));
        }
        sums.add(new Sum(-1, sum));
        return sums;
    }

    @Test
    void shouldBeDoneAtOnceWhenItHadCompletedBefore() throws Exception {
        TestRun run = run().source("rows", 100).create();
        Worker stage = run.startStage(1);
        ended(run.startSource(1));
        run.drain("stage", 1);
        ended(stage);

        Worker again = run.startStage(2);

        assertThat(ended(again).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).isEqualTo(expected(100));
        assertThat(run.last("stage").recordsEmitted()).isEqualTo(101);
        assertThat(run.last("stage").status()).isEqualTo(WorkerStatus.COMPLETED);
    }

    @Test
    void shouldFenceAnAttemptThatStillWorks() throws Exception {
        // given
        TestRun run = run().source("rows", 20_000).source("delay", "5ms").create();
        Worker source = run.startSource(1, EAGER);
        Worker old = run.startStage(1, EAGER);
        await().atMost(SOON).until(() -> written(old) >= 2000);

        // when
        Worker next = run.startStage(2, EAGER);

        // then
        assertThat(ended(old).exitCode()).isEqualTo(ExitCode.SUPERSEDED);
        ended(source);
        run.drain("stage", 2);
        assertThat(ended(next).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).isEqualTo(expected(20_000));
    }

    @Test
    void shouldKeepWhatItCannotUseAndGoOn() throws Exception {
        // given
        TestRun run = run().source("rows", 100).stage("reject_every", 10).create();
        ended(run.startSource(1));
        byte[] good = installation.read(run.data(), 1, true).get(0).value();
        byte[] key = installation.read(run.data(), 1, true).get(0).key();
        installation.write(run.data(), 0, key, "no row".getBytes(StandardCharsets.UTF_8));
        installation.write(run.data(), 0, key, java.util.Arrays.copyOf(good, good.length - 3));

        // when
        Worker stage = run.startStage(1);
        run.drain("stage", 1);

        // then
        assertThat(ended(stage).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).isEqualTo(summed(100, 10));
        assertThat(run.last("stage").recordsRead()).isEqualTo(102);
        assertThat(run.last("stage").recordsRejected()).isEqualTo(12);
        List<DeadLetter> letters = installation.read(run.dead(), 1, true).stream()
                .map(record -> Json.MAPPER.readValue(record.value(), DeadLetter.class))
                .toList();
        assertThat(letters)
                .extracting(letter -> letter.error().code())
                .filteredOn(RollingSum.REFUSED::equals)
                .hasSize(10);
        assertThat(letters).hasSize(12).allMatch(letter -> letter.vertex().equals("stage"));
        assertThat(letters.get(0).place()).isEqualTo(run.data() + "/0/9");
    }

    @Test
    void shouldFailWhenNothingMayBeRejected() throws Exception {
        TestRun run = run().source("rows", 100)
                .stage("reject_every", 10)
                .errors(Task.Rejected.FAIL, 1)
                .create();
        ended(run.startSource(1));

        WorkerResult result = ended(run.startStage(1));

        assertThat(result.error().orElseThrow().code()).isEqualTo(RollingSum.REFUSED);
        assertThat(sums(run)).isEmpty();
    }

    @Test
    void shouldPauseResumeAndStop() throws Exception {
        TestRun run = run().source("rows", 1000).create();
        Worker first = run.startStage(1);
        run.pause("stage", 1);
        await().atMost(SOON).until(() -> run.last("stage").status() == WorkerStatus.PAUSED);
        ended(run.startSource(1));
        assertThat(sums(run)).isEmpty();

        run.resume("stage", 1);
        await().atMost(SOON).until(() -> written(first) == 1000);
        run.stop("stage", 1);
        assertThat(ended(first).exitCode()).isEqualTo(ExitCode.DONE);
        Worker second = run.startStage(2);
        run.drain("stage", 2);

        assertThat(ended(second).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).isEqualTo(expected(1000));
    }

    @Test
    void shouldCommitAgainWhatABrokerCouldForgetWhileItIsPaused() throws Exception {
        // given
        TestRun run = run().source("rows", 1000).create();
        Worker stage = run.startStage(1, Tuning.DEFAULT.withRecommit(Duration.ofMillis(100)));
        ended(run.startSource(1));
        await().atMost(SOON).until(() -> written(stage) == 1000);
        run.pause("stage", 1);
        await().atMost(SOON).until(() -> run.last("stage").status() == WorkerStatus.PAUSED);
        String group = Topics.group(run.queueId, "stage");
        var before = installation.committed(group);

        // when
        installation.forget(group);

        // then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(installation.committed(group)).isEqualTo(before));
        run.stop("stage", 1);
        assertThat(ended(stage).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void shouldBeHeldBackByItsSlowestConsumer() throws Exception {
        // given
        TestRun run = run().source("rows", 20_000).maxLag(2000).create();
        ended(run.startSource(1));

        // when
        Worker stage = run.startStage(1, Tuning.DEFAULT.withBatch(100, 1 << 20));
        await().atMost(SOON).until(() -> written(stage) >= 2000);

        // then
        await().during(Duration.ofMillis(1200)).atMost(SOON).until(() -> written(stage) <= 2600);
        consumed(run, 25_000);
        run.drain("stage", 1);
        assertThat(ended(stage).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).isEqualTo(expected(20_000));
    }

    /** As a sink would say it. */
    private static void consumed(TestRun run, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", installation.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(
                            Topics.group(run.queueId, "sink"),
                            Map.of(new TopicPartition(run.sums(), 0), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    @Test
    void shouldRunAStageOfItsOwnForEachPartition() throws Exception {
        // given
        TestRun run = run().source("rows", 3000)
                .stage("one_partition", false)
                .partitions(3)
                .create();
        Worker killed = run.startStage(1, EAGER);
        ended(run.startSource(1));
        await().atMost(SOON).until(() -> written(killed) > 0);
        killed.kill();
        ended(killed);

        // when
        Worker next = run.startStage(2);
        run.drain("stage", 2);

        // then
        assertThat(ended(next).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(sums(run)).hasSize(3003);
        assertThat(sums(run))
                .extracting(Sum::id)
                .containsAll(LongStream.range(-1, 3000).boxed().toList());
        assertThat(run.last("stage").recordsRead()).isEqualTo(3000);
        assertThat(run.last("stage").endOffsets()).isEqualTo(installation.endOffsets(run.data(), 3));
    }

    @Test
    void shouldRefuseSeveralPartitionsWhereItHasToSeeAllRows() throws Exception {
        TestRun run = run().source("rows", 10).partitions(2).create();

        WorkerResult result = ended(run.startStage(1));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FATAL);
        assertThat(result.error().orElseThrow().code()).isEqualTo("STAGE-PARTITIONS");
    }

    @Test
    void shouldNoteWhatItNeedsBesideItsOffset() throws Exception {
        TestRun run = run().source("rows", 2000).create();
        Worker stage = run.startStage(1);
        ended(run.startSource(1));
        await().atMost(SOON).until(() -> written(stage) == 2000);

        run.stop("stage", 1);
        ended(stage);

        OffsetAndMetadata committed = committed(run);
        StageNote note = StageNote.parse(committed.metadata());
        // Markers of the source's transactions lie between the rows.
        assertThat(note.needed()).isBetween(2000L - MEMORY, committed.offset() - MEMORY);
        assertThat(note.read()).isEqualTo(2000);
        assertThat(run.last("stage").positions()).containsKey("0");
    }

    private static OffsetAndMetadata committed(TestRun run) throws Exception {
        return Objects.requireNonNull(
                installation.committed(Topics.group(run.queueId, "stage")).get(new TopicPartition(run.data(), 0)));
    }
}
