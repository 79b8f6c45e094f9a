package io.streamforge.worker;

import io.streamforge.connector.Stage;
import io.streamforge.connector.StageOutput;
import io.streamforge.connector.StageOutput.Rejection;
import io.streamforge.connector.StageRow;
import io.streamforge.record.Op;
import io.streamforge.record.RowCursor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Gives a stage its rows and commits what it gives with the offset of its input: when nothing more is there, when much is waiting,
 * or when it waits long. What an earlier stage was given before the last commit only brings this one to where that was.
 */
final class StageLoop {

    private static final Duration PAUSED = Duration.ofMillis(500);
    /** So much of what the stage gave is sent at once. */
    private static final long PUBLISH_BYTES = 1 << 20;

    private final StageVertexContext context;
    private final StageFeed feed;
    private final StageTransaction transaction;
    private final Patience patience;
    private final RecordReader reader;
    private final Stage stage;
    private final StageOutput output;
    /** What was given before and is in the output topic already. */
    private final StageOutput known;

    private long next;

    StageLoop(StageVertexContext context, StageFeed feed, StageTransaction transaction, Patience patience) {
        this.context = context;
        this.feed = feed;
        this.transaction = transaction;
        this.patience = patience;
        reader = new RecordReader(context.input());
        stage = context.plan().open();
        output = new StageOutput(context.plan().output());
        known = new StageOutput(context.plan().output());
        next = feed.position();
    }

    /** True when the input has ended and all that follows from it is committed, false when the worker is stopping. */
    boolean run() throws InterruptedException {
        while (mayGoOn()) {
            boolean something = takeWhatIsThere();
            context.board().at(transaction.partition(), next, feed.lag());
            if (context.signals().endOffsets().filter(feed::drained).isPresent()
                    && !context.signals().stopping()) {
                stage.end(output);
                transaction.send(output);
                transaction.commitEnd(next);
                return true;
            }
            if (!something || feed.lag() == 0 || transaction.due()) {
                commit();
            }
        }
        if (!context.signals().abandoned()) {
            commit();
        }
        return false;
    }

    /** False when the worker is stopping; waits, with everything committed, while it is paused or a consumer is far behind. */
    private boolean mayGoOn() throws InterruptedException {
        Signals signals = context.signals();
        if (signals.paused() || !context.lagGuard().near()) {
            do {
                commit();
            } while (!signals.stopping()
                    && !(signals.awaitResumed(PAUSED) && context.lagGuard().look(signals)));
        }
        return !signals.stopping();
    }

    /** False when nothing came. */
    private boolean takeWhatIsThere() {
        boolean something = false;
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record :
                feed.poll(context.tuning().idle())) {
            if (context.signals().stopping()) {
                return something;
            }
            if (!something) {
                something = true;
                context.board().read();
            }
            take(record);
            next = record.offset() + 1;
            if (transaction.due()) {
                commit();
            }
        }
        // Counted as written from now on, so that a consumer's lag is seen before the next rows are taken.
        transaction.send(output);
        next = feed.position();
        return something;
    }

    private void take(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        if (RecordForm.withoutRow(record.headers())) {
            return;
        }
        if (feed.again(record.offset())) {
            process(record, known);
            if (known.bytes() > PUBLISH_BYTES) {
                known.clear();
            }
            return;
        }
        transaction.took(record, process(record, output));
        if (output.bytes() >= PUBLISH_BYTES) {
            transaction.send(output);
        }
    }

    private Optional<Rejection> process(ConsumerRecord<ByteBuffer, ByteBuffer> record, StageOutput target) {
        try {
            TableReader table = reader.table(record);
            Op op = RecordReader.op(record);
            RowCursor cursor = table.row(record, op);
            stage.process(
                    new StageRow(record.offset(), table.index(), op, RecordReader.micros(record), cursor), target);
            return target.takeRejection();
        } catch (RecordReader.UnreadableException e) {
            return Optional.of(new Rejection(SinkLetters.UNREADABLE, String.valueOf(e.getMessage())));
        }
    }

    private void commit() {
        if (feed.again(next)) {
            transaction.keep(feed.committed());
            return;
        }
        transaction.send(output);
        if (transaction.commit(next, stage.needed())) {
            patience.progressed();
        }
    }
}
