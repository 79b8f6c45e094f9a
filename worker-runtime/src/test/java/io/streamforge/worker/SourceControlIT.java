package io.streamforge.worker;

import static io.streamforge.worker.testing.TestRun.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.Event;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.NumbersConnector;
import io.streamforge.worker.testing.TestRun;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that is told to pause and to stop, and what holds it up. */
class SourceControlIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation installation = new Installation();

    @Test
    void shouldOutlastASourceThatComesBack() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 1000).create();
        run.control().failures.set(3);

        assertThat(ended(run.startSource(1)).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 1)).containsExactlyElementsOf(NumbersConnector.ids(1000));
    }

    @Test
    void shouldGiveUpWhenTheSourceStaysAway() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 1000).create();
        run.control().failures.set(Integer.MAX_VALUE);

        WorkerResult result =
                ended(run.startSource(1, Tuning.DEFAULT.withPatience(Duration.ofMillis(500), Duration.ofMinutes(1))));

        assertThat(result.exitCode()).isEqualTo(ExitCode.RETRYABLE);
        assertThat(result.error().orElseThrow().code()).isEqualTo("NUMBERS-DOWN");
        assertThat(run.last().status()).isEqualTo(WorkerStatus.ERROR);
    }

    @Test
    void shouldPauseAndResume() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 10_000)
                .source("delay", "20ms")
                .create();
        Worker worker = run.startSource(1);
        await().atMost(SOON).until(() -> run.control().acknowledged.get() > 0);
        run.pause("source", 1);
        await().atMost(SOON).until(() -> run.last().status() == WorkerStatus.PAUSED);
        int whilePaused = installation.ids(run.data(), 1).size();
        assertThat(whilePaused).isLessThan(10_000);
        await().during(Duration.ofMillis(300))
                .atMost(SOON)
                .until(() -> installation.ids(run.data(), 1).size() == whilePaused);

        run.resume("source", 1);

        assertThat(ended(worker).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 1)).containsExactlyElementsOf(NumbersConnector.ids(10_000));
    }

    @Test
    void shouldCommitWhatItHasReadWhenItIsStopped() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 100_000)
                .source("delay", "5ms")
                .create();
        Worker worker = run.startSource(1);
        await().atMost(SOON).until(() -> run.control().acknowledged.get() > 0);
        run.stop("source", 1);

        assertThat(worker.result().get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);

        Event last = run.last();
        assertThat(last.status()).isEqualTo(WorkerStatus.STOPPED);
        assertThat(installation.ids(run.data(), 1))
                .containsExactlyElementsOf(NumbersConnector.ids(last.recordsWritten()));
        assertThat(last.positions().get("0").number("row")).contains(last.recordsRead());
    }

    @Test
    void shouldStopWhilePausedAndDuringABackOff() throws Exception {
        TestRun paused = new TestRun(installation).source("rows", 100).create();
        CommandReference reference = paused.saySource(1);
        paused.pause("source", 1);
        Worker worker = installation.start(reference, Tuning.DEFAULT);
        await().atMost(SOON)
                .until(() -> !installation.events(paused.queueId).isEmpty()
                        && paused.last().status() == WorkerStatus.PAUSED);
        paused.stop("source", 1);
        assertThat(worker.result().get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);

        TestRun failing = new TestRun(installation).source("rows", 100).create();
        failing.control().failures.set(Integer.MAX_VALUE);
        worker = failing.startSource(1);
        await().atMost(SOON).until(() -> failing.control().failures.get() < Integer.MAX_VALUE - 3);
        failing.stop("source", 1);
        assertThat(worker.result().get(10, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWithinItsDeadlineWhileTheSourceBlocks(boolean deaf) throws Exception {
        TestRun run = new TestRun(installation).source("rows", 1000).create();
        run.control().blockAt.set(500);
        run.control().deaf = deaf;
        Worker worker = run.startSource(1, Tuning.DEFAULT.withStopDeadline(Duration.ofSeconds(1)));
        await().atMost(SOON).until(() -> run.control().acknowledged.get() == 500);
        run.stop("source", 1);

        WorkerResult result = worker.result().get(30, TimeUnit.SECONDS);

        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.last().status()).isEqualTo(WorkerStatus.STOPPED);
        assertThat(run.last().recordsWritten()).isEqualTo(500);
        run.control().blockAt.set(Long.MAX_VALUE);
    }

    @Test
    void shouldBeHeldBackByItsSlowestConsumer() throws Exception {
        TestRun run =
                new TestRun(installation).source("rows", 20_000).maxLag(2000).create();
        Worker source = run.startSource(1);
        await().atMost(SOON).until(() -> run.control().acknowledged.get() >= 2000);
        await().during(Duration.ofMillis(1200))
                .atMost(SOON)
                .until(() -> run.control().produced.get() <= 2600);

        Worker sink = run.startSink(1);
        assertThat(ended(source).exitCode()).isEqualTo(ExitCode.DONE);
        run.drain(1);

        assertThat(ended(sink).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.target().ids()).containsExactlyElementsOf(NumbersConnector.ids(20_000));
    }
}
