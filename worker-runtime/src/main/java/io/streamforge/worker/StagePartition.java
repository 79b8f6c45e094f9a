package io.streamforge.worker;

import io.streamforge.connector.Operator;
import io.streamforge.messages.Topics;
import io.streamforge.record.RowSchema;
import java.util.List;

/** A partition of a stage's input, worked on from where it was committed. */
final class StagePartition implements PartsRunner.Part {

    private final StageVertexContext context;
    private final TaskParts parts;
    private final int partition;

    StagePartition(StageVertexContext context, TaskParts parts, int partition) {
        this.context = context;
        this.parts = parts;
        this.partition = partition;
    }

    @Override
    public String name() {
        return "partition-" + partition;
    }

    @Override
    public boolean attempt(Patience patience) throws InterruptedException {
        String id = Topics.transactionalId(
                context.task().workflow(), context.start().vertex(), String.valueOf(partition));
        try (Transaction transaction = new Transaction(
                context.clients(), context.signals(), id, context.output().partitions())) {
            transaction.init();
            try (StageFeed feed = new StageFeed(context, partition)) {
                return feed.note().done() || goOn(feed, transaction, patience);
            }
        }
    }

    private boolean goOn(StageFeed feed, Transaction transaction, Patience patience) throws InterruptedException {
        try (StageTransaction records = new StageTransaction(context, feed, transaction, operators())) {
            return new StageLoop(context, feed, records, patience).run();
        }
    }

    private List<Operator> operators() {
        List<RowSchema> tables = context.plan().output();
        return tables.size() == 1 ? parts.operators(tables.get(0)) : List.of();
    }
}
