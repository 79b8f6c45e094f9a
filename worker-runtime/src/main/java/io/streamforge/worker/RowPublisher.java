package io.streamforge.worker;

import io.streamforge.connector.Operator;
import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.function.Function;

/** Sends batches of a split through its operators to the data topic, and what is rejected to the dead letters; for one thread. */
final class RowPublisher {

    private final SourceVertexContext context;
    private final Task.Split split;
    private final Function<RowSchema, List<Operator>> compiler;
    private final SplitTransaction transaction;
    private final RowSender sender;
    private RowSchema input;
    private List<Operator> operators;

    RowPublisher(
            SourceVertexContext context,
            Task.Split split,
            Function<RowSchema, List<Operator>> compiler,
            RowSchema input,
            SplitTransaction transaction) {
        this.context = context;
        this.split = split;
        this.compiler = compiler;
        this.input = input;
        this.transaction = transaction;
        operators = compiler.apply(input);
        sender = new RowSender(
                context.output(),
                new TableForms(context.output(), TaskParts.through(operators, input), this::register),
                context.recordLimit(),
                context.deadLetters(),
                context.policy(),
                transaction.records(),
                context.board().tally(),
                split.id().hashCode());
    }

    void publish(RecordBatch batch) {
        RecordBatch result = operate(batch);
        long read = (long) batch.size() + batch.rejected().size();
        long rejected = result.rejected().size();
        long filtered = read - result.size() - rejected;
        result.rejected().forEach(sender::reject);
        // Rows have no place of their own here; the number of the row in the run is the same in every attempt.
        RowSender.Sent sent = sender.send(
                result,
                row -> context.start().vertex() + "/" + split.id() + "/"
                        + (transaction.pending().read() + row));
        transaction.advance(batch.position(), read, sent.written(), filtered, rejected + sent.refused(), sent.bytes());
        context.lagGuard().written(sent.written(), sent.bytes());
        if (rejected + sent.refused() > 0) {
            SourceBoard.Totals totals = context.board()
                    .without(split.id())
                    .plus(transaction.pending().read(), transaction.pending().rejected());
            context.policy().check(totals.read(), totals.rejected(), false);
        }
    }

    private RecordBatch operate(RecordBatch batch) {
        if (!operators.isEmpty() && !batch.schema().columns().equals(input.columns())) {
            input = batch.schema();
            operators = compiler.apply(input);
        }
        RecordBatch result = batch;
        for (Operator operator : operators) {
            result = operator.apply(result);
        }
        return result;
    }

    /** What lies before a change is committed before it is registered: that may take as long as nobody is there to do it. */
    private Task.SchemaRef register(SchemaChange change, RowSchema schema) {
        transaction.commit();
        try {
            return new SchemaTopic(context.clients())
                    .await(schema, context.signals(), () -> context.board().await(change));
        } finally {
            context.board().await(null);
        }
    }
}
