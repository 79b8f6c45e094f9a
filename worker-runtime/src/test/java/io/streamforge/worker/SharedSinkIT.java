package io.streamforge.worker;

import static io.streamforge.worker.testing.TestRun.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.SinkNote;
import io.streamforge.messages.Topics;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.NumbersConnector;
import io.streamforge.worker.testing.TestRun;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that share a sink: they come and go, the target has each row once. */
class SharedSinkIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Tuning SMALL_BATCHES = Tuning.DEFAULT.withBatch(50, 1 << 20);

    @RegisterExtension
    static final Installation installation = new Installation();

    @Test
    void shouldWriteEachRowOnceWhileMembersComeAndGo() throws Exception {
        // given
        TestRun run = new TestRun(installation)
                .source("rows", 6000)
                .partitions(4)
                .shared()
                .create();
        run.target().delayMillis = 100;
        Worker first = run.startSink(1, SMALL_BATCHES);
        run.startSource(1).result().get(60, TimeUnit.SECONDS);

        // when
        Worker second = joined(run);
        Worker third = joined(run);
        wroteMore(run, 500);
        first.stop();
        assertThat(ended(first).exitCode()).isEqualTo(ExitCode.DONE);
        wroteMore(run, 500);
        second.kill();
        ended(second);
        Worker fourth = joined(run);
        run.target().delayMillis = 0;

        // then
        await().atMost(SOON).until(() -> run.target().ids().size() >= 6000);
        assertThat(run.target().ids()).containsExactlyInAnyOrderElementsOf(NumbersConnector.ids(6000));
        await().atMost(SOON).until(() -> committed(run).equals(installation.endOffsets(run.data(), 4)));
        stopAll(third, fourth);
        assertThat(notes(run)).isEqualTo(6000);
    }

    @Test
    void shouldGoOnAfterAWhileWithNobody() throws Exception {
        // given
        TestRun run = new TestRun(installation)
                .source("rows", 2000)
                .partitions(2)
                .shared()
                .create();
        run.target().delayMillis = 10;
        Worker first = run.startSink(1, SMALL_BATCHES);
        run.startSource(1).result().get(60, TimeUnit.SECONDS);
        wroteMore(run, 200);
        stopAll(first);
        int written = run.target().ids().size();

        // when
        Worker next = run.startSink(1);

        // then
        await().atMost(SOON).until(() -> run.target().ids().size() >= 2000);
        stopAll(next);
        assertThat(written).isLessThan(2000);
        assertThat(run.target().ids()).containsExactlyInAnyOrderElementsOf(NumbersConnector.ids(2000));
        assertThat(committed(run)).isEqualTo(installation.endOffsets(run.data(), 2));
    }

    @Test
    void shouldHandOverWhilePausedAndWhileItsTargetIsDown() throws Exception {
        // given
        TestRun run = new TestRun(installation)
                .source("rows", 1000)
                .partitions(2)
                .shared()
                .create();
        Worker first = run.startSink(1, SMALL_BATCHES);
        run.target().failuresBefore.set(5);
        run.startSource(1).result().get(60, TimeUnit.SECONDS);
        run.pause("sink", 1);
        Worker second = joined(run);

        // when
        run.resume("sink", 1);

        // then
        await().atMost(SOON).until(() -> run.target().ids().size() >= 1000);
        stopAll(first, second);
        assertThat(run.target().ids()).containsExactlyInAnyOrderElementsOf(NumbersConnector.ids(1000));
    }

    private static Worker joined(TestRun run) {
        Worker worker = run.startSink(1, SMALL_BATCHES);
        await().atMost(SOON).until(() -> worker.pulse().isReady());
        return worker;
    }

    private static void wroteMore(TestRun run, int rows) {
        int before = run.target().ids().size();
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run.target().ids().size() >= before + rows);
    }

    private static void stopAll(Worker... workers) throws Exception {
        for (Worker worker : workers) {
            worker.stop();
        }
        for (Worker worker : workers) {
            assertThat(ended(worker).exitCode()).isEqualTo(ExitCode.DONE);
        }
    }

    private static Map<Integer, Long> committed(TestRun run) throws Exception {
        Map<Integer, Long> next = new TreeMap<>();
        offsets(run).forEach((partition, offset) -> next.put(partition, offset.offset()));
        return next;
    }

    private static long notes(TestRun run) throws Exception {
        return offsets(run).values().stream()
                .mapToLong(offset -> SinkNote.parse(offset.metadata()).written())
                .sum();
    }

    private static Map<Integer, OffsetAndMetadata> offsets(TestRun run) throws Exception {
        Map<Integer, OffsetAndMetadata> offsets = new TreeMap<>();
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, installation.bootstrapServers()))) {
            admin.listConsumerGroupOffsets(Topics.group(run.queueId, "sink"))
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS)
                    .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
        }
        return offsets;
    }
}
