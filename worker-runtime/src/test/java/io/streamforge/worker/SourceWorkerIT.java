package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Event;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWorkerIT {

    @TempDir
    static Path directory;

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation(directory);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static WorkerResult await(Worker worker) throws Exception {
        return worker.result().get(60, TimeUnit.SECONDS);
    }

    @Test
    void shouldReadASplitToItsEndAndSayWhatItDid() throws Exception {
        TestRun run =
                new TestRun(installation).source("rows", 2500).partitions(2).create();

        WorkerResult result = await(run.startSource(1));

        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 2))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 2500).boxed().toList());
        List<Event> events = installation.events(run.queueId);
        assertThat(events)
                .extracting(Event::seq)
                .containsExactly(LongStream.range(0, events.size()).boxed().toArray(Long[]::new));
        assertThat(events.get(0).status()).isEqualTo(WorkerStatus.STARTING);
        Event last = events.get(events.size() - 1);
        assertThat(last.status()).isEqualTo(WorkerStatus.COMPLETED);
        assertThat(last.finished()).isTrue();
        assertThat(last.recordsRead()).isEqualTo(2500);
        assertThat(last.recordsWritten()).isEqualTo(2500);
        assertThat(last.positions().get("0").number("row")).contains(2500L);
        assertThat(last.firstReadAt()).isBeforeOrEqualTo(last.lastCommitAt());
        assertThat(run.control().acknowledged).hasValue(2500);
    }

    @Test
    void shouldReportACompletedSplitAtOnceWhenItIsStartedAgain() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        await(run.startSource(1));

        WorkerResult again = await(run.startSource(2));

        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 1)).hasSize(100);
        Event last =
                installation.events(run.queueId).stream().reduce((a, b) -> b).orElseThrow();
        assertThat(last.attempt()).isEqualTo(2);
        assertThat(last.recordsRead()).isEqualTo(100);
    }

    @Test
    void shouldEndWithinItsDeadlineWhenTheConnectorIsDeafToInterrupts() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 1000).create();
        run.control().blockAt.set(500);
        run.control().deaf = true;
        Worker worker = run.startSource(1, Tuning.DEFAULT.withStopDeadline(Duration.ofSeconds(1)));
        run.stop("source", 1);

        WorkerResult result = await(worker);

        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        run.control().blockAt.set(Long.MAX_VALUE);
    }
}
