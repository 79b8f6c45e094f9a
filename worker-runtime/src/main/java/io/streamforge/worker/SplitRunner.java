package io.streamforge.worker;

import io.streamforge.connector.Operator;
import io.streamforge.connector.Source;
import io.streamforge.messages.SourcePosition;
import io.streamforge.messages.Task;
import io.streamforge.record.RowSchema;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a split to its end through failures: every attempt goes on from what is committed, and nothing else. */
final class SplitRunner {

    private static final Logger log = LoggerFactory.getLogger(SplitRunner.class);
    private static final Duration NEWS_OF_SUCCESSOR = Duration.ofSeconds(2);

    private final SourceVertexContext context;
    private final Source source;
    private final List<RowSchema> schemas;
    private final TaskParts parts;
    private final VertexThreads threads;
    private final Task.Split split;
    private final Patience patience;

    SplitRunner(
            SourceVertexContext context,
            Source source,
            List<RowSchema> schemas,
            TaskParts parts,
            VertexThreads threads,
            Task.Split split) {
        this.context = context;
        this.source = source;
        this.schemas = schemas;
        this.parts = parts;
        this.threads = threads;
        this.split = split;
        patience = new Patience(
                context.signals(), context.tuning(), context.board().tally());
    }

    String id() {
        return split.id();
    }

    /** True when the split is done, false when the worker is stopping. */
    boolean run() throws InterruptedException {
        while (!context.signals().stopping()) {
            try {
                return attempt();
            } catch (RuntimeException e) {
                VertexFailure failure = VertexFailure.of(e);
                if (failure.fenced() && context.signals().awaitSuperseded(NEWS_OF_SUCCESSOR)) {
                    log.info("a newer attempt has taken over");
                    return false;
                }
                if (!patience.await(failure)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Rows of several tables pass none. */
    private List<Operator> operators(RowSchema rows) {
        return schemas.size() == 1 ? parts.operators(rows) : List.of();
    }

    private boolean attempt() throws InterruptedException {
        try (SplitTransaction transaction = new SplitTransaction(context, split)) {
            SourcePosition from = transaction.begin();
            if (from.done()) {
                return true;
            }
            RowPublisher publisher = new RowPublisher(context, split, this::operators, schemas.get(0), transaction);
            try (SplitReader reader = new SplitReader(context, threads, split)) {
                reader.start(source, from.position(), schemas);
                return new SplitLoop(context, source, split, reader, publisher, transaction, patience).run();
            }
        }
    }
}
