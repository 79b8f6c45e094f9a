package io.streamforge.worker;

import io.streamforge.messages.Task;
import io.streamforge.record.Framing;
import io.streamforge.record.KeyHash;
import io.streamforge.record.Op;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Sends rows to an output topic, and what is rejected to the dead letters, in one transaction; for one thread. */
final class RowSender {

    private final Task.Output output;
    private final TableForms forms;
    private final RecordLimit limit;
    private final DeadLetterTopic letters;
    private final RejectionPolicy policy;
    private final Transaction transaction;
    private final Tally tally;
    private int stickyPartition;

    /** What became of a batch. */
    record Sent(long written, long refused, long bytes) {}

    /**
     * @param spread where rows without a key go first; the same for the same part of a vertex
     */
    RowSender(
            Task.Output output,
            TableForms forms,
            RecordLimit limit,
            DeadLetterTopic letters,
            RejectionPolicy policy,
            Transaction transaction,
            Tally tally,
            int spread) {
        this.output = output;
        this.forms = forms;
        this.limit = limit;
        this.letters = letters;
        this.policy = policy;
        this.transaction = transaction;
        this.tally = tally;
        stickyPartition = Math.floorMod(spread, output.partitions());
    }

    /** @param places where each row of the batch stands, the same in every attempt */
    Sent send(RecordBatch batch, IntFunction<String> places) {
        TableForm form = form(batch);
        long bytes = 0;
        long refused = 0;
        for (int row = 0; row < batch.size(); row++) {
            int sent = send(form, batch.rows(), row, places);
            bytes += sent;
            refused += sent == 0 ? 1 : 0;
        }
        stickyPartition = (stickyPartition + 1) % output.partitions();
        return new Sent(batch.size() - refused, refused, bytes);
    }

    /** The form of the batch's rows; where they have become others, or come for the first time, each partition is told first. */
    private TableForm form(RecordBatch batch) {
        if (forms.joins(batch)) {
            TableForm joined = forms.join(batch);
            tell(joined, joined.keyFraming());
            return joined;
        }
        TableForm form = forms.of(batch);
        if (form.fits(batch)) {
            return form;
        }
        TableForm changed = forms.change(batch);
        tell(changed, null);
        return changed;
    }

    private void tell(TableForm form, byte @Nullable [] key) {
        for (int partition = 0; partition < output.partitions(); partition++) {
            transaction.send(RecordForm.schemaChange(output.topic(), partition, form.valueId(), form.table(), key));
        }
    }

    /** Bytes of the record, 0 when the row was rejected. */
    private int send(TableForm form, RowBuffer rows, int row, IntFunction<String> places) {
        Op op = rows.op(row);
        byte[] key = form.key(rows, row);
        int partition = stickyPartition;
        if (op == Op.TRUNCATE) {
            partition = onlyPartition();
        } else if (key != null) {
            partition = KeyHash.partition(key, Framing.SIZE, key.length, output.partitions());
        } else if (op == Op.DELETE) {
            return refuse(rows, row, places, "DELETE-WITHOUT-KEY", "the row is a delete, but the rows have no key");
        }
        byte[] value = form.value(rows, row);
        int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        if (!limit.fits(size)) {
            String message = "the row takes " + size + " bytes, the topic takes " + limit.limit();
            return refuse(rows, row, places, "RECORD-TOO-LARGE", message);
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

    private int refuse(RowBuffer rows, int row, IntFunction<String> places, String code, String message) {
        byte[] raw = Arrays.copyOfRange(
                rows.array(),
                rows.start(row),
                Math.min(rows.end(row), rows.start(row) + DeadLetterTopic.LARGEST_VALUE));
        reject(new RejectedRow(places.apply(row), code, message, raw));
        return 0;
    }

    void reject(RejectedRow row) {
        policy.rejected(row.place(), row.code(), row.message());
        if (policy.keepsLetters()) {
            transaction.send(letters.raw(row.place(), row.raw(), row.code(), row.message()));
            tally.lettersWritten(1);
        }
    }
}
