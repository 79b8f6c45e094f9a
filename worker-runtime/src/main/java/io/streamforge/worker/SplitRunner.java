package io.streamforge.worker;

import io.streamforge.connector.Operator;
import io.streamforge.connector.Source;
import io.streamforge.messages.SourcePosition;
import io.streamforge.messages.Task;
import io.streamforge.record.RowSchema;
import java.util.List;

/** A split being read from where it was committed. */
final class SplitRunner implements PartsRunner.Part {

    private final SourceVertexContext context;
    private final Source source;
    private final List<RowSchema> schemas;
    private final TaskParts parts;
    private final VertexThreads threads;
    private final Task.Split split;

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
    }

    @Override
    public String name() {
        return "split-" + split.id();
    }

    /** Rows of several tables pass none. */
    private List<Operator> operators(RowSchema rows) {
        return schemas.size() == 1 ? parts.operators(rows) : List.of();
    }

    @Override
    public boolean attempt(Patience patience) throws InterruptedException {
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
