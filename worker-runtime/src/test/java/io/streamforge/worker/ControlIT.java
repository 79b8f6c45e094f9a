package io.streamforge.worker;

import static io.streamforge.worker.testing.TestRun.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.Event;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.TestRun;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ControlIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation installation = new Installation();

    @Test
    void shouldObeyCommandsThatWereThereBeforeIt() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        CommandReference reference = run.saySource(1);
        run.stop("source", 1);

        Worker worker = installation.start(reference, Tuning.DEFAULT);

        assertThat(ended(worker).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.last().status()).isEqualTo(WorkerStatus.STOPPED);
    }

    @Test
    void shouldObeyWhatWasSaidToAnEarlierAttemptButNotToALaterOne() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        CommandReference reference = run.saySource(2);
        run.stop("source", 3);
        Worker worker = installation.start(reference, Tuning.DEFAULT);
        assertThat(ended(worker).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.last().status()).isEqualTo(WorkerStatus.COMPLETED);

        TestRun stopped = new TestRun(installation).source("rows", 100).create();
        reference = stopped.saySource(2);
        stopped.stop("source", 1);
        ended(installation.start(reference, Tuning.DEFAULT));
        assertThat(stopped.last().status()).isEqualTo(WorkerStatus.STOPPED);
    }

    @Test
    void shouldFindTheLatestStartWhenTheOneItWasGivenIsGone() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        CommandReference reference = run.saySource(1);
        run.saySource(2);
        // A place between the two, as if compaction had removed what was there.
        TestRun other = new TestRun(installation).create();
        CommandReference gone = new CommandReference(
                reference.topic(), reference.partition(), reference.offset() + 1, reference.owner());
        assertThat(other.queueId).isNotEqualTo(run.queueId);

        assertThat(ended(installation.start(gone, Tuning.DEFAULT)).exitCode()).isEqualTo(ExitCode.DONE);

        assertThat(run.last().attempt()).isEqualTo(2);
        assertThat(run.last().status()).isEqualTo(WorkerStatus.COMPLETED);
    }

    @Test
    void shouldNeedNoMoreThanThePlaceOfItsCommand() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        CommandReference reference = run.saySource(1);
        CommandReference bare =
                new CommandReference(reference.topic(), reference.partition(), reference.offset(), Optional.empty());

        assertThat(ended(installation.start(bare, Tuning.DEFAULT)).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void shouldSayWhenThereIsNoStartCommand() throws Exception {
        CommandReference nowhere = CommandReference.of(Topics.CONTROL, 1, 999_999, "wf-none-20240801-a1b2c3", "source");

        WorkerResult result = ended(installation.start(nowhere, Tuning.DEFAULT));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FATAL);
        assertThat(result.error().orElseThrow().code()).isEqualTo("CONTROL-START-MISSING");
    }

    @Test
    void shouldEndWhenItsRunIsForgotten() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 100_000)
                .source("delay", "5ms")
                .create();
        Worker worker = run.startSource(1);
        await().atMost(SOON).until(() -> run.control().acknowledged.get() > 0);

        installation.write(Topics.CONTROL, Topics.commandKey(run.queueId, "source", "start"), null);

        assertThat(worker.result().get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void shouldStartAsFastAfterManyRunsAsAfterFew() throws Exception {
        LongSummaryStatistics few = nanosOfRuns();
        for (int i = 0; i < 10_000; i++) {
            installation.write(Topics.CONTROL, i % 4, ("wf-past-" + i + "/source/start").getBytes(), new byte[500]);
        }

        LongSummaryStatistics many = nanosOfRuns();

        assertThat((double) many.getMin()).isLessThanOrEqualTo(1.1 * few.getMax());
    }

    private LongSummaryStatistics nanosOfRuns() throws Exception {
        LongSummaryStatistics nanos = new LongSummaryStatistics();
        for (int i = 0; i < 5; i++) {
            TestRun run = new TestRun(installation).source("rows", 1).create();
            long begin = System.nanoTime();
            ended(run.startSource(1));
            nanos.accept(System.nanoTime() - begin);
        }
        return nanos;
    }

    @Test
    void shouldReportAtLeastAsOftenAsItPromises() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 1_000_000).create();
        run.control().blockAt.set(100);
        Worker worker = run.startSource(1);
        await().atMost(SOON).until(() -> installation.events(run.queueId).size() >= 4);
        worker.stop();
        ended(worker);

        List<Event> events = installation.events(run.queueId);
        for (int i = 1; i < events.size(); i++) {
            assertThat(Duration.between(
                            events.get(i - 1).timestamp(), events.get(i).timestamp()))
                    .isLessThan(Duration.ofSeconds(5));
        }
        run.control().blockAt.set(Long.MAX_VALUE);
    }

    @Test
    void shouldLeaveNothingBehindAfterManyRuns() throws Exception {
        TestRun warm = new TestRun(installation).source("rows", 10).create();
        ended(warm.startSource(1));
        for (int i = 0; i < 30; i++) {
            TestRun run = new TestRun(installation).source("rows", 10).create();
            Worker sink = run.startSink(1);
            ended(run.startSource(1));
            run.drain(1);
            ended(sink);
            assertThat(run.target().ids())
                    .containsExactlyElementsOf(LongStream.range(0, 10).boxed().toList());
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.contains("streamforge-worker")
                                || name.startsWith("worker-")
                                || name.contains("loader-producer__")
                                || name.contains("sink-connector__")));
    }
}
