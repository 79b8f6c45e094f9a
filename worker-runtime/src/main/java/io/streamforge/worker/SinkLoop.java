package io.streamforge.worker;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.WriteResult;
import io.streamforge.messages.SinkNote;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Writes what is fetched, batch after batch, and notes in Kafka what the target has. */
final class SinkLoop {

    private final SinkVertexContext context;
    private final SinkWriter writer;
    private final SinkFetcher fetcher;
    private final Possession possession;
    private final SinkLetters letters;
    private final RecordReader reader;
    private final Patience patience;
    private final SinkForms forms;

    /** Why the loop has ended. */
    enum End {
        /** The input has ended and all of it was written. */
        COMPLETE,
        /** What follows has other schemas; all before it was written. */
        CHANGED,
        /** The worker stops, or its partitions go to another. */
        LEFT
    }

    SinkLoop(
            SinkVertexContext context,
            SinkWriter writer,
            SinkFetcher fetcher,
            Possession possession,
            SinkLetters letters,
            SinkForms forms,
            Patience patience) {
        this.context = context;
        this.writer = writer;
        this.fetcher = fetcher;
        this.possession = possession;
        this.letters = letters;
        this.forms = forms;
        this.patience = patience;
        reader = new RecordReader(forms.input());
    }

    End run() throws ConnectorException, InterruptedException {
        while (context.signals().awaitResumed(possession::held)) {
            SinkFetcher.Item item = fetcher.poll(context.tuning().idle());
            if (item instanceof SinkFetcher.Item.End) {
                Snapshot done = context.board().snapshot();
                context.policy().check(done.read(), done.rejected(), true);
                writer.complete();
                return End.COMPLETE;
            }
            if (item instanceof SinkFetcher.Item.Changed changed) {
                forms.change(changed.input());
                return End.CHANGED;
            }
            if (item instanceof SinkFetcher.Item.Failed failed) {
                throw failed.failure();
            }
            if (item instanceof SinkFetcher.Item.Batch fetched) {
                take(fetched.batch(), 0);
            }
        }
        return End.LEFT;
    }

    /** @param kept how many of the unreadable records have their letters already */
    private void take(FetchedBatch batch, int kept) throws ConnectorException {
        if (batch.withoutRows()) {
            commit(batch, new HashMap<>());
            return;
        }
        letters.keepUnreadable(
                batch.unreadable().subList(kept, batch.unreadable().size()));
        WriteResult result;
        try {
            result = write(batch);
        } catch (VertexFailure e) {
            throw e;
        } catch (RuntimeException e) {
            FetchedBatch sifted = batch.sifted(reader);
            if (sifted.unreadable().size() == batch.unreadable().size()) {
                throw e;
            }
            take(sifted, batch.unreadable().size());
            return;
        }
        patience.progressed();
        context.board().tally().committed();
        commit(batch, count(batch, result));
    }

    private WriteResult write(FetchedBatch batch) throws ConnectorException {
        SinkBatch rows = batch.rows();
        long unreadable = batch.unreadable().size();
        rows.settleWith(rejected -> letters.keepRejected(rows, rejected, unreadable));
        long begun = System.nanoTime();
        WriteResult result = writer.write(rows);
        rows.settle(result.rejected());
        context.board().tally().written(Duration.ofNanos(System.nanoTime() - begun), batch.sourceMillis());
        return result;
    }

    private static Map<Integer, SinkNote> count(FetchedBatch batch, WriteResult result) {
        SinkBatch rows = batch.rows();
        if (rows.ranges().size() == 1) {
            long rejected = result.rejected().size();
            SinkNote note = new SinkNote(
                    rows.size() - rejected, rejected, batch.unreadable().size(), rows.bytes());
            return Map.of(rows.ranges().keySet().iterator().next(), note);
        }
        Map<Integer, long[]> counts = new HashMap<>();
        rows.ranges().keySet().forEach(partition -> counts.put(partition, new long[4]));
        for (int row = 0; row < rows.size(); row++) {
            long[] count = counts.computeIfAbsent(rows.partition(row), partition -> new long[4]);
            count[0]++;
            count[3] += rows.bytes(row);
        }
        result.rejected().forEach(rejection -> {
            long[] count = counts.computeIfAbsent(rows.partition(rejection.row()), partition -> new long[4]);
            count[0]--;
            count[1]++;
        });
        batch.unreadable().forEach(record -> counts.computeIfAbsent(record.partition(), partition -> new long[4])[2]++);
        Map<Integer, SinkNote> notes = new HashMap<>();
        counts.forEach(
                (partition, count) -> notes.put(partition, new SinkNote(count[0], count[1], count[2], count[3])));
        return notes;
    }

    private void commit(FetchedBatch batch, Map<Integer, SinkNote> counts) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        batch.ranges().forEach((partition, range) -> {
            SinkNote note =
                    context.board().written(partition, range.next(), counts.getOrDefault(partition, SinkNote.NOTHING));
            offsets.put(
                    new TopicPartition(context.input().topic(), partition),
                    new OffsetAndMetadata(range.next(), note.text()));
        });
        possession.commit(offsets);
    }
}
