package io.streamforge.worker;

import io.streamforge.connector.Operator;
import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.record.Framing;
import io.streamforge.record.KeyHash;
import io.streamforge.record.Op;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Sends batches of a split through its operators to the data topic, and what is rejected to the dead letters; for one thread. */
final class RowPublisher {

    private final SourceVertexContext context;
    private final Task.Output output;
    private final Task.Split split;
    private final Function<RowSchema, List<Operator>> compiler;
    private final SplitTransaction transaction;
    private final TableForms forms;
    private RowSchema input;
    private List<Operator> operators;
    private int stickyPartition;

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
        output = context.output();
        RowSchema rows = operators.isEmpty()
                ? input
                : operators.get(operators.size() - 1).output();
        forms = new TableForms(output, rows, this::register);
        stickyPartition = Math.floorMod(split.id().hashCode(), output.partitions());
    }

    void publish(RecordBatch batch) {
        RecordBatch result = operate(batch);
        long read = (long) batch.size() + batch.rejected().size();
        long rejected = result.rejected().size();
        long filtered = read - result.size() - rejected;
        result.rejected().forEach(row -> reject(row.place(), row));
        long bytes = 0;
        long refused = 0;
        TableForm form = form(result);
        for (int row = 0; row < result.size(); row++) {
            int sent = send(form, result.rows(), row);
            bytes += sent;
            refused += sent == 0 ? 1 : 0;
        }
        stickyPartition = (stickyPartition + 1) % output.partitions();
        long written = result.size() - refused;
        transaction.advance(batch.position(), read, written, filtered, rejected + refused, bytes);
        context.lagGuard().written(written, bytes);
        if (rejected + refused > 0) {
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
    private TableForm form(RecordBatch result) {
        TableForm form = forms.of(result);
        if (form.fits(result)) {
            return form;
        }
        transaction.commit();
        TableForm changed = forms.change(result);
        for (int partition = 0; partition < output.partitions(); partition++) {
            transaction.send(RecordForm.schemaChange(output.topic(), partition, changed.valueId(), changed.table()));
        }
        return changed;
    }

    private Task.SchemaRef register(SchemaChange change, RowSchema schema) {
        try {
            return new SchemaTopic(context.clients())
                    .await(schema, context.signals(), () -> context.board().await(change));
        } finally {
            context.board().await(null);
        }
    }

    /** Bytes of the record, 0 when the row was rejected. */
    private int send(TableForm form, RowBuffer rows, int row) {
        Op op = rows.op(row);
        byte[] key = form.key(rows, row);
        int partition = stickyPartition;
        if (op == Op.TRUNCATE) {
            partition = onlyPartition();
        } else if (key != null) {
            partition = KeyHash.partition(key, Framing.SIZE, key.length, output.partitions());
        } else if (op == Op.DELETE) {
            return refuse(rows, row, "DELETE-WITHOUT-KEY", "the row is a delete, but the rows have no key");
        }
        byte[] value = form.value(rows, row);
        int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        if (!context.recordLimit().fits(size)) {
            return refuse(
                    rows,
                    row,
                    "RECORD-TOO-LARGE",
                    "the row takes " + size + " bytes, the topic takes "
                            + context.recordLimit().limit());
        }
        transaction.send(
                RecordForm.record(output.topic(), partition, rows.timestampMicros(row), key, value, op, form.table()));
        return Math.max(1, size);
    }

    /** What empties a table must stay between the rows before it and those behind it. */
    private int onlyPartition() {
        if (output.partitions() > 1) {
            throw VertexFailure.fatal(
                    "TRUNCATE-PARTITIONS",
                    "a table was truncated, which cannot be kept in order over " + output.partitions() + " partitions",
                    "resources.partitions",
                    "set resources.partitions to 1 and start the workflow with from: fresh");
        }
        return 0;
    }

    private int refuse(RowBuffer rows, int row, String code, String message) {
        // Rows have no place of their own here; the number of the row in the run is the same in every attempt.
        String place = context.start().vertex() + "/" + split.id() + "/"
                + (transaction.pending().read() + row);
        byte[] raw = Arrays.copyOfRange(
                rows.array(),
                rows.start(row),
                Math.min(rows.end(row), rows.start(row) + DeadLetterTopic.LARGEST_VALUE));
        reject(place, new RejectedRow(place, code, message, raw));
        return 0;
    }

    private void reject(String place, RejectedRow row) {
        context.policy().rejected(place, row.code(), row.message());
        if (context.policy().keepsLetters()) {
            transaction.send(context.deadLetters().raw(place, row.raw(), row.code(), row.message()));
            context.board().tally().lettersWritten(1);
        }
    }
}
