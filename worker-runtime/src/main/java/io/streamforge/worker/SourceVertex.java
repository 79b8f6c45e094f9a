package io.streamforge.worker;

import io.streamforge.connector.Source;
import io.streamforge.connector.SourceContext;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a source: each split in threads of its own, until all are done, one fails or the worker stops. */
final class SourceVertex implements Vertex {

    private final SourceVertexContext context;
    private final TaskParts parts;
    private final VertexThreads threads;
    private volatile @Nullable Source reading;

    SourceVertex(SourceVertexContext context, TaskParts parts, VertexThreads threads) {
        this.context = context;
        this.parts = parts;
        this.threads = threads;
    }

    @Override
    public Outcome run() throws InterruptedException {
        Task task = context.task();
        List<RowSchema> schemas = schemas(task);
        if (schemas.size() == 1) {
            RowSchema rows = TaskParts.through(parts.operators(schemas.get(0)), schemas.get(0));
            TaskParts.requireColumns(rows, TaskParts.schema(context.output().value(), "output schema"));
        }
        try (Source source = parts.source();
                LagGuard lagGuard = context.lagGuard()) {
            reading = source;
            source.begin(new SourceContext(
                    task.workflow(),
                    Topics.logical(context.start().vertex()),
                    context.output().joining()));
            List<SplitRunner> splits = task.splits().stream()
                    .map(split -> new SplitRunner(context, source, schemas, parts, threads, split))
                    .toList();
            boolean complete = new PartsRunner(
                            context.signals(), context.tuning(), context.board().tally(), threads)
                    .run(splits);
            Snapshot done = context.board().snapshot();
            if (complete) {
                context.policy().check(done.read(), done.rejected(), true);
            }
            return context.signals().superseded() ? Outcome.SUPERSEDED : complete ? Outcome.COMPLETED : Outcome.STOPPED;
        }
    }

    @Override
    public Map<String, Long> measures() {
        Source source = reading;
        return source == null ? Map.of() : source.measures();
    }

    /** Of the rows before operators; rows of several tables pass none. */
    private List<RowSchema> schemas(Task task) {
        List<Task.Table> tables = context.output().tables();
        return tables.isEmpty()
                ? List.of(TaskParts.schema(task.schema(), "schema of its rows"))
                : tables.stream().map(TaskParts::schema).toList();
    }

    @Override
    public void abandon() {
        // Readers were cancelled and interrupted; a source has no other way to be told.
    }

    @Override
    public Snapshot snapshot() {
        return context.board().snapshot();
    }

    @Override
    public boolean ready() {
        return context.board().loaded() == context.task().splits().size();
    }
}
