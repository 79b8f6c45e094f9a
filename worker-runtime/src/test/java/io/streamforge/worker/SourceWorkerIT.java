package io.streamforge.worker;

import static io.streamforge.worker.testing.TestRun.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task;
import io.streamforge.messages.WorkerStatus;
import io.streamforge.record.Framing;
import io.streamforge.record.KeyHash;
import io.streamforge.record.RowCursor;
import io.streamforge.worker.testing.Installation;
import io.streamforge.worker.testing.NumbersConnector;
import io.streamforge.worker.testing.TestRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceWorkerIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final Installation installation = new Installation();

    @Test
    void shouldReadASplitToItsEndAndSayWhatItDid() throws Exception {
        TestRun run =
                new TestRun(installation).source("rows", 2500).partitions(2).create();

        WorkerResult result = ended(run.startSource(1));

        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 2)).containsExactlyInAnyOrderElementsOf(NumbersConnector.ids(2500));
        List<Event> events = installation.events(run.queueId);
        assertThat(events)
                .extracting(Event::seq)
                .containsExactlyElementsOf(
                        LongStream.range(events.get(0).seq(), events.get(0).seq() + events.size())
                                .boxed()
                                .toList());
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
    void shouldPutEachKeyIntoThePartitionOfItsBody() throws Exception {
        TestRun run =
                new TestRun(installation).source("rows", 500).partitions(3).create();
        ended(run.startSource(1));

        RowCursor key = new RowCursor(NumbersConnector.SCHEMA.keySchema());
        RowCursor row = new RowCursor(NumbersConnector.SCHEMA);
        for (ConsumerRecord<byte[], byte[]> record : installation.read(run.data(), 3, true)) {
            byte[] bytes = record.key();
            assertThat(Framing.schemaId(bytes)).isEqualTo(TestRun.KEY_ID);
            assertThat(Framing.schemaId(record.value())).isEqualTo(TestRun.VALUE_ID);
            assertThat(record.partition()).isEqualTo(KeyHash.partition(bytes, Framing.SIZE, bytes.length, 3));
            assertThat(key.wrap(bytes, Framing.SIZE, bytes.length).getLong(0))
                    .isEqualTo(row.wrap(record.value(), Framing.SIZE, record.value().length)
                            .getLong(0));
            assertThat(record.headers()).isEmpty();
        }
    }

    @Test
    void shouldSpreadRowsWithoutKeyOverThePartitions() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1000)
                .partitions(4)
                .unkeyed()
                .create();
        ended(run.startSource(1));

        List<ConsumerRecord<byte[], byte[]>> records = installation.read(run.data(), 4, true);
        assertThat(records).hasSize(1000).allMatch(record -> record.key() == null);
        assertThat(records).extracting(ConsumerRecord::partition).contains(0, 1, 2, 3);
    }

    @Test
    void shouldWriteFlatJsonWhenTheRunAsksForIt() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1)
                .format(Task.Format.JSON)
                .create();
        ended(run.startSource(1));

        byte[] value = installation.read(run.data(), 1, true).get(0).value();
        assertThat(new String(value, StandardCharsets.UTF_8)).isEqualTo("{\"id\":0,\"text\":\"row 0 xxxxxxxxxxxxxx\"}");
    }

    @Test
    void shouldReadSplitsBesideOneAnother() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 700).splits(3).create();

        assertThat(ended(run.startSource(1)).exitCode()).isEqualTo(ExitCode.DONE);

        assertThat(installation.ids(run.data(), 1))
                .hasSize(2100)
                .contains(0L, NumbersConnector.SPLIT_STRIDE, 2 * NumbersConnector.SPLIT_STRIDE + 699);
        assertThat(run.last().positions()).containsOnlyKeys("0", "1", "2");
        assertThat(run.last().recordsRead()).isEqualTo(2100);
    }

    @Test
    void shouldReportACompletedSplitAtOnceWhenItIsStartedAgain() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 100).create();
        ended(run.startSource(1));

        WorkerResult again = ended(run.startSource(2));

        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 1)).hasSize(100);
        assertThat(run.last().attempt()).isEqualTo(2);
        assertThat(run.last().recordsRead()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 17})
    void shouldRepeatAndLoseNothingWhenItIsKilledAfterAnyBatch(int batches) throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 2000)
                .source("delay", "2ms")
                .create();
        Worker killed = run.startSource(1, Tuning.DEFAULT.withCommit(Duration.ofMillis(7), 1 << 20));
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> run.control().produced.get() >= batches * 100L);
        killed.kill();

        Worker next = run.startSource(2);

        assertThat(ended(next).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 1)).containsExactlyElementsOf(NumbersConnector.ids(2000));
        assertThat(run.last().recordsRead()).isEqualTo(2000);
        assertThat(ended(killed).error()).isEmpty();
    }

    @Test
    void shouldFenceTheOldAttemptAndEndItQuietly() throws Exception {
        TestRun run = new TestRun(installation).source("rows", 3000).create();
        run.control().blockAt.set(1000);
        Worker old = run.startSource(1);
        await().atMost(SOON).until(() -> run.control().acknowledged.get() > 0);

        Worker next = run.startSource(2);
        await().atMost(SOON).until(() -> installation.events(run.queueId).stream()
                .anyMatch(event -> event.attempt() == 2 && event.positions().containsKey("0")));
        run.control().blockAt.set(Long.MAX_VALUE);

        assertThat(ended(old).exitCode()).isEqualTo(ExitCode.SUPERSEDED);
        assertThat(ended(next).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 1)).containsExactlyElementsOf(NumbersConnector.ids(3000));
        assertThat(installation.events(run.queueId)).noneMatch(event -> event.status() == WorkerStatus.ERROR);
    }

    @Test
    void shouldGoOnWhereTheWorkflowsLastRunEndedUnlessToldToBeginAfresh() throws Exception {
        TestRun first = new TestRun(installation).source("rows", 100).create();
        ended(first.startSource(1));
        TestRun second =
                new TestRun(installation, first.workflow).source("rows", 150).create(false);
        ended(second.startSource(1));
        TestRun third = new TestRun(installation, first.workflow)
                .source("rows", 30)
                .from(Task.From.FRESH)
                .create(false);
        ended(third.startSource(1));

        assertThat(installation.ids(second.data(), 1))
                .containsExactlyElementsOf(LongStream.range(100, 150).boxed().toList());
        assertThat(second.last().recordsRead()).isEqualTo(50);
        assertThat(installation.ids(third.data(), 1)).containsExactlyElementsOf(NumbersConnector.ids(30));
    }

    @Test
    void shouldKeepRejectedRowsInTheSameTransaction() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1000)
                .source("reject_every", 100)
                .create();

        assertThat(ended(run.startSource(1)).exitCode()).isEqualTo(ExitCode.DONE);

        assertThat(installation.ids(run.data(), 1)).hasSize(990);
        assertThat(run.last().recordsRead()).isEqualTo(1000);
        assertThat(run.last().recordsRejected()).isEqualTo(10);
        List<ConsumerRecord<byte[], byte[]>> letters = installation.read(run.dead(), 1, true);
        assertThat(letters).hasSize(10);
        DeadLetter letter = Json.MAPPER.readValue(letters.get(0).value(), DeadLetter.class);
        assertThat(letter.place()).isEqualTo("numbers/0:99");
        assertThat(letter.encoding()).isEqualTo("raw");
        assertThat(letter.error().code()).isEqualTo("NUMBERS-BAD");
        assertThat(new String(letters.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("numbers/0:99");
    }

    @Test
    void shouldRejectARowThatTheTopicDoesNotTake() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 10)
                .source("large_row", 4)
                .create();

        assertThat(ended(run.startSource(1)).exitCode()).isEqualTo(ExitCode.DONE);

        assertThat(installation.ids(run.data(), 1)).hasSize(9).doesNotContain(4L);
        DeadLetter letter = Json.MAPPER.readValue(
                installation.read(run.dead(), 1, true).get(0).value(), DeadLetter.class);
        assertThat(letter.error().code()).isEqualTo("RECORD-TOO-LARGE");
        assertThat(letter.place()).isEqualTo("source/0/4");
    }

    @Test
    void shouldFailAtTheFirstRejectedRowWhenTheRunSaysSo() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", 1000)
                .source("reject_every", 500)
                .errors(Task.Rejected.FAIL, 1)
                .create();

        WorkerResult result = ended(run.startSource(1));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FATAL);
        assertThat(result.error().orElseThrow().code()).isEqualTo("NUMBERS-BAD");
        assertThat(run.last().status()).isEqualTo(WorkerStatus.ERROR);
        assertThat(Objects.requireNonNull(run.last().error()).message()).contains("numbers/0:499");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000})
    void shouldFailWhenMoreIsRejectedThanTheRunAllows(int rows) throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", rows)
                .source("reject_every", 5)
                .errors(Task.Rejected.DROP, 0.1)
                .create();

        WorkerResult result = ended(run.startSource(1));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FATAL);
        assertThat(result.error().orElseThrow().code()).isEqualTo("REJECTED-RATIO");
    }

    @Test
    void shouldWaitForATopicThatTheBrokerDoesNotKnowYet() throws Exception {
        // given
        TestRun run = new TestRun(installation).source("rows", 100).create(false);

        // when
        Worker worker = run.startSource(1);
        await().atMost(SOON).until(() -> !installation.events(run.queueId).isEmpty());
        run.createPositions();

        // then
        assertThat(ended(worker).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(installation.ids(run.data(), 1)).containsExactlyElementsOf(NumbersConnector.ids(100));
    }

    @Test
    void shouldNameWhatIsWrongWithItsConfiguration() throws Exception {
        TestRun run = new TestRun(installation)
                .source("rows", "many")
                .source("password", "${secret:absent}")
                .create();

        WorkerResult result = ended(run.startSource(1));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FATAL);
        assertThat(run.last().status()).isEqualTo(WorkerStatus.ERROR);
        assertThat(Objects.requireNonNull(run.last().error()).suggestion()).contains("STREAMFORGE_SECRET_ABSENT");
    }
}
