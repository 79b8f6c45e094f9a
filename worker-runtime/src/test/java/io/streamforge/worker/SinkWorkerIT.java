package io.streamforge.worker;

import static io.streamforge.worker.testing.TestRun.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.record.Framing;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.NumbersConnector;
import io.streamforge.worker.testing.TestRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkWorkerIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation installation = new Installation();

    @ParameterizedTest
    @EnumSource(Task.Format.class)
    void shouldWriteEverythingUpToTheDrainAndSayWhatItDid(Task.Format format) throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 3000)
                .partitions(3)
                .format(format)
                .create();
        Worker sink = run.startSink(1);
        ended(run.startSource(1));
        run.drain(1);

        WorkerResult result = ended(sink);

        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).containsExactlyInAnyOrderElementsOf(NumbersConnector.ids(3000));
        assertThat(run.target().completed()).isTrue();
        Event last = run.last("sink");
        assertThat(last.status()).isEqualTo(WorkerStatus.COMPLETED);
        assertThat(last.finished()).isTrue();
        assertThat(last.recordsWritten()).isEqualTo(3000);
        assertThat(last.recordsRead()).isEqualTo(3000);
        assertThat(last.lag()).isZero();
        assertThat(last.endOffsets()).isEqualTo(installation.endOffsets(run.data(), 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCommitAgainWhatABrokerCouldForgetWhileThereIsNothingToDo(boolean paused) throws Exception {
        // given
        TestRun run = new TestRun(installation).source("rows", 100).create();
        Tuning tuning = Tuning.DEFAULT.withRecommit(Duration.ofMillis(100));
        Worker first = run.startSink(1, tuning);
        ended(run.startSource(1));
        await().atMost(SOON).until(() -> run.target().ids().size() == 100);
        run.stop("sink", 1);
        ended(first);
        String group = Topics.group(run.queueId, "sink");
        var before = installation.committed(group);
        Worker idle = run.startSink(2, tuning);
        if (paused) {
            run.pause("sink", 2);
        }
        await().atMost(SOON)
                .until(() -> run.last("sink").attempt() == 2
                        && run.last("sink").status() == (paused ? WorkerStatus.PAUSED : WorkerStatus.LOADING));

        // when
        installation.forget(group);

        // then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(installation.committed(group)).isEqualTo(before));
        run.stop("sink", 2);
        assertThat(ended(idle).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void shouldCompleteAnEmptyRun() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 0).create();
        Worker sink = run.startSink(1);
        ended(run.startSource(1));
        run.drain(1);

        assertThat(ended(sink).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).isEmpty();
        assertThat(run.target().completed()).isTrue();
    }

    @Test
    void shouldGoOnWhereTheTargetStandsWhenItIsKilled() throws Exception {
        TestRun run =
                new TestRun(installation).source("rows", 5000).partitions(2).create();
        ended(run.startSource(1));
        run.target().delayMillis = 20;
        Worker killed = run.startSink(1, Tuning.DEFAULT.withBatch(500, 1 << 20));
        await().atMost(SOON).until(() -> run.target().batches.get() >= 2);
        killed.kill();
        ended(killed);
        run.target().delayMillis = 0;

        Worker next = run.startSink(2);
        run.drain(2);

        assertThat(ended(next).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).containsExactlyInAnyOrderElementsOf(NumbersConnector.ids(5000));
        assertThat(run.last("sink").recordsWritten()).isEqualTo(5000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldOutlastFailuresBeforeAndAfterTheTargetHasCommitted(boolean after) throws Exception {
        TestRun run = new TestRun(installation).source("rows", 1000).create();
        (after ? run.target().failuresAfter : run.target().failuresBefore).set(3);
        Worker sink = run.startSink(1);
        ended(run.startSource(1));
        run.drain(1);

        assertThat(ended(sink).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).containsExactlyElementsOf(NumbersConnector.ids(1000));
    }

    @Test
    void shouldKeepWhatTheTargetRefusesAndWriteTheRest() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 1000).create();
        run.target().rejectEvery = 100;
        Worker sink = run.startSink(1);
        ended(run.startSource(1));
        run.drain(1);

        assertThat(ended(sink).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).hasSize(990);
        Event last = run.last("sink");
        assertThat(last.recordsRejected()).isEqualTo(10);
        assertThat(last.recordsRead()).isEqualTo(1000);
        var letters = installation.read(run.dead(), 1, true);
        assertThat(letters).hasSize(10);
        DeadLetter letter = Json.MAPPER.readValue(letters.get(0).value(), DeadLetter.class);
        assertThat(letter.place()).isEqualTo(run.data() + "/0/0");
        assertThat(new String(letters.get(0).key(), StandardCharsets.UTF_8)).isEqualTo(letter.place());
        assertThat(letter.encoding()).isEqualTo("record");
        assertThat(letter.error().code()).isEqualTo("RECORDER-REFUSED");
        assertThat(Framing.schemaId(java.util.Objects.requireNonNull(letter.value())))
                .isEqualTo(TestRun.VALUE_ID);
    }

    @Test
    void shouldFailWhenMoreIsRejectedThanTheRunAllows() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1000)
                .errors(Task.Rejected.DEAD_LETTER, 0.01)
                .create();
        run.target().rejectEvery = 50;
        Worker sink = run.startSink(1);
        ended(run.startSource(1));
        run.drain(1);

        WorkerResult result = ended(sink);

        assertThat(result.exitCode()).isEqualTo(ExitCode.FATAL);
        Event last = run.last("sink");
        assertThat(last.status()).isEqualTo(WorkerStatus.ERROR);
        assertThat(java.util.Objects.requireNonNull(last.error()).code()).isEqualTo("REJECTED-RATIO");
        assertThat(run.target().ids()).isEmpty();
    }

    @Test
    void shouldStepOverRecordsThatHoldNoRow() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        ended(run.startSource(1));
        byte[] good = installation.read(run.data(), 1, true).get(0).value();
        byte[] key = installation.read(run.data(), 1, true).get(0).key();
        byte[] foreign = good.clone();
        foreign[4] = 99;
        installation.write(run.data(), 0, key, foreign);
        installation.write(run.data(), 0, key, "no row".getBytes(StandardCharsets.UTF_8));
        installation.write(run.data(), 0, key, java.util.Arrays.copyOf(good, good.length - 3));
        installation.write(run.data(), 0, null, null);
        Worker sink = run.startSink(1);
        run.drain(1);

        assertThat(ended(sink).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).containsExactlyElementsOf(NumbersConnector.ids(100));
        assertThat(run.last("sink").recordsRejected()).isEqualTo(4);
        assertThat(installation.read(run.dead(), 1, true))
                .extracting(letter -> Json.MAPPER
                        .readValue(letter.value(), DeadLetter.class)
                        .error()
                        .code())
                .containsOnly("RECORD-UNREADABLE")
                .hasSize(4);
    }

    @Test
    void shouldEndWhenANewerAttemptHasTakenOver() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        ended(run.startSource(1));
        Worker old = run.startSink(1);
        await().atMost(SOON).until(() -> run.target().ids().size() == 100);

        Worker next = run.startSink(2);

        assertThat(ended(old).exitCode()).isEqualTo(ExitCode.SUPERSEDED);
        run.drain(2);
        assertThat(ended(next).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).hasSize(100);
    }

    @Test
    void shouldPauseAndResume() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        Worker sink = run.startSink(1);
        run.pause("sink", 1);
        await().atMost(SOON).until(() -> run.last("sink").status() == WorkerStatus.PAUSED);
        ended(run.startSource(1));
        assertThat(run.target().ids()).isEmpty();

        run.resume("sink", 1);
        run.drain(1);

        assertThat(ended(sink).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStopWhileTheTargetBlocks(boolean deaf) throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        run.target().blocked = true;
        run.target().deaf = deaf;
        ended(run.startSource(1));
        Worker sink = run.startSink(1, Tuning.DEFAULT.withStopDeadline(Duration.ofSeconds(2)));
        await().atMost(SOON).until(() -> run.last("sink").status() == WorkerStatus.LOADING);
        run.stop("sink", 1);

        WorkerResult result = sink.result().get(30, TimeUnit.SECONDS);

        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.last("sink").status()).isEqualTo(WorkerStatus.STOPPED);
        run.target().blocked = false;
    }

    @Test
    void shouldStopAtOnceDuringABackOff() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        run.target().failuresBefore.set(Integer.MAX_VALUE);
        ended(run.startSource(1));
        Worker sink = run.startSink(1);
        await().atMost(SOON).until(() -> run.target().failuresBefore.get() < Integer.MAX_VALUE - 5);
        run.stop("sink", 1);

        assertThat(sink.result().get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void shouldGiveUpWhenTheTargetStaysAway() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        run.target().failuresBefore.set(Integer.MAX_VALUE);
        ended(run.startSource(1));
        Worker sink = run.startSink(1, Tuning.DEFAULT.withPatience(Duration.ofSeconds(1), Duration.ofSeconds(60)));

        WorkerResult result = ended(sink);

        assertThat(result.exitCode()).isEqualTo(ExitCode.RETRYABLE);
        assertThat(result.error().orElseThrow().code()).isEqualTo("RECORDER-DOWN");
        assertThat(java.util.Objects.requireNonNull(run.last("sink").error()).code())
                .isEqualTo("RECORDER-DOWN");
    }

    @Test
    void shouldTakeRowsAgainFromKafkasOffsetsWhenTheTargetKeepsNone() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1000)
                .sink("transactional", false)
                .create();
        ended(run.startSource(1));
        Worker first = run.startSink(1);
        await().atMost(SOON).until(() -> run.target().ids().size() == 1000);
        run.stop("sink", 1);
        ended(first);

        Worker second = run.startSink(2);
        run.drain(2);

        assertThat(ended(second).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).hasSize(1000);
        assertThat(run.last("sink").recordsWritten()).isEqualTo(1000);
    }
}
