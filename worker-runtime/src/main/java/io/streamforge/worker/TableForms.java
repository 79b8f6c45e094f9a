package io.streamforge.worker;

import io.streamforge.messages.Task;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of the tables whose rows share a topic; for one thread. */
final class TableForms {

    private final @Nullable TableForm only;
    private final Map<String, TableForm> byName = new HashMap<>();

    /** @param rows of a topic of one table, behind the operators */
    TableForms(Task.Output output, RowSchema rows) {
        if (output.tables().isEmpty()) {
            only = new TableForm(rows, output.key(), output.value(), output.format(), null);
            return;
        }
        only = null;
        for (Task.Table table : output.tables()) {
            byName.put(
                    table.name(),
                    new TableForm(
                            TaskParts.schema(table.value(), "schema of table " + table.name()),
                            table.key(),
                            table.value(),
                            output.format(),
                            RecordForm.table(table.name())));
        }
    }

    TableForm of(RecordBatch batch) {
        TableForm form = only == null ? byName.get(batch.schema().name()) : only;
        if (form == null) {
            throw VertexFailure.fatal(
                    "TABLE-UNKNOWN",
                    "the source gives rows of '" + batch.schema().name() + "', which is none of the run's tables",
                    "source",
                    "start the run again, so that it is compiled with the tables of now");
        }
        form.require(batch);
        return form;
    }
}
