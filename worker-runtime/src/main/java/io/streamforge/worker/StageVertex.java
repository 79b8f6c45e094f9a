package io.streamforge.worker;

import io.streamforge.messages.StageNote;
import io.streamforge.messages.Task;
import io.streamforge.record.RowSchema;
import java.util.List;

/** Runs a stage: a stage of its own for each partition of the input, in a thread of its own. */
final class StageVertex implements Vertex {

    private final StageVertexContext context;
    private final TaskParts parts;
    private final VertexThreads threads;

    StageVertex(StageVertexContext context, TaskParts parts, VertexThreads threads) {
        this.context = context;
        this.parts = parts;
        this.threads = threads;
    }

    @Override
    public Outcome run() throws InterruptedException {
        requireForm();
        List<StagePartition> partitions = context.input().partitions().stream()
                .map(partition -> new StagePartition(context, parts, partition))
                .toList();
        try (LagGuard lagGuard = context.lagGuard()) {
            boolean complete = new PartsRunner(
                            context.signals(), context.tuning(), context.board().tally(), threads)
                    .run(partitions);
            if (complete) {
                StageNote done = context.board().totals();
                context.policy().check(done.read() + done.emitted(), done.rejected(), true);
            }
            return context.signals().superseded() ? Outcome.SUPERSEDED : complete ? Outcome.COMPLETED : Outcome.STOPPED;
        }
    }

    /** The run was compiled by the same code, or this worker must not go on with it. */
    private void requireForm() {
        Task.Input input = context.input();
        if (context.plan().onePartition() && input.topicPartitions() > 1) {
            throw VertexFailure.fatal(
                    "STAGE-PARTITIONS",
                    "stage '" + context.task().connector() + "' has to see all rows, its topic has "
                            + input.topicPartitions() + " partitions",
                    "operators",
                    "start the run again, so that it is compiled with this version");
        }
        List<RowSchema> given = context.plan().output();
        List<RowSchema> promised = TaskParts.schemas(context.output());
        if (given.size() == 1 && promised.size() == 1) {
            RowSchema rows = given.get(0);
            TaskParts.requireColumns(TaskParts.through(parts.operators(rows), rows), promised.get(0));
        } else if (!given.equals(promised)) {
            throw VertexFailure.fatal(
                    "SCHEMA-MISMATCH",
                    "stage '" + context.task().connector() + "' gives " + given + ", the topic is made for " + promised,
                    "operators",
                    "start the run again, so that it is compiled with this version");
        }
    }

    @Override
    public void abandon() {
        // A stage works in memory; what it holds goes with its thread.
    }

    @Override
    public Snapshot snapshot() {
        return context.board().snapshot();
    }

    @Override
    public boolean ready() {
        return context.board().loaded() == context.input().partitions().size();
    }
}
