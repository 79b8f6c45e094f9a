package io.streamforge.worker;

import io.streamforge.connector.Source;
import io.streamforge.connector.SourceContext;
import io.streamforge.messages.Task;
import io.streamforge.messages.Topics;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
            requireOutput(schemas.get(0));
        }
        try (Source source = parts.source();
                LagGuard lagGuard = context.lagGuard()) {
            reading = source;
            source.begin(new SourceContext(
                    task.workflow(), Topics.logical(context.start().vertex())));
            List<CompletableFuture<Boolean>> splits = task.splits().stream()
                    .map(split -> start(new SplitRunner(context, source, schemas, parts, threads, split)))
                    .toList();
            boolean complete = awaitAll(splits);
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

    /** A chain whose rows are not those of the output topic would write what no reader understands. */
    private void requireOutput(RowSchema schema) {
        RowSchema rows = schema;
        for (var operator : parts.operators(schema)) {
            rows = operator.output();
        }
        RowSchema promised = TaskParts.schema(context.output().value(), "output schema");
        if (!rows.columns().equals(promised.columns())) {
            throw VertexFailure.fatal(
                    "SCHEMA-MISMATCH",
                    "the operators give " + rows.columns() + ", the topic's schema is " + promised.columns(),
                    "operators",
                    "start the run again, so that it is compiled with this version");
        }
    }

    /** The first failure ends the other splits after their next commit. */
    private CompletableFuture<Boolean> start(SplitRunner runner) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        threads.start("split-" + runner.id(), () -> {
            try {
                result.complete(runner.run());
            } catch (Throwable e) {
                context.signals().fail(VertexFailure.of(e));
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** True when every split has been read to its end. */
    private boolean awaitAll(List<CompletableFuture<Boolean>> splits) throws InterruptedException {
        try {
            CompletableFuture.allOf(splits.toArray(CompletableFuture[]::new)).get();
            return splits.stream().allMatch(CompletableFuture::join);
        } catch (ExecutionException e) {
            throw context.signals().failure().orElseGet(() -> VertexFailure.of(e));
        }
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
