package io.streamforge.worker;

import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The forms of the tables whose rows share a topic, each the one that its rows have at the moment; for one thread. */
final class TableForms {

    private final Task.Output output;
    private final Registry registry;
    private final boolean several;
    private final Map<String, TableForm> byName = new HashMap<>();
    private final Map<String, Task.Table> tables = new HashMap<>();

    /** Has a schema registered. */
    @FunctionalInterface
    interface Registry {

        /** Returns when the schema is registered. */
        Task.SchemaRef register(SchemaChange change, RowSchema schema);
    }

    /** @param rows of a topic of one table, behind the operators */
    TableForms(Task.Output output, RowSchema rows, Registry registry) {
        this.output = output;
        this.registry = registry;
        several = !output.tables().isEmpty();
        if (!several) {
            add(new Task.Table("", output.key(), output.value()), rows);
        }
        output.tables().forEach(table -> add(table, promised(table)));
    }

    private void add(Task.Table table, RowSchema rows) {
        @Nullable Header header = several ? RecordForm.table(table.name()) : null;
        tables.put(table.name(), table);
        byName.put(table.name(), new TableForm(rows, table.key(), table.value(), output.format(), header));
    }

    private static RowSchema promised(Task.Table table) {
        return TaskParts.schema(table.value(), "schema of table " + table.name());
    }

    /** True when the batch's table is none of the topic's yet, and may become one. */
    boolean joins(RecordBatch batch) {
        return output.joining() && !byName.containsKey(name(batch));
    }

    /** The form of the rows of a table that was none of the topic's, as soon as it is registered. */
    TableForm join(RecordBatch batch) {
        RowSchema rows = batch.schema();
        RowSchema keys = rows.keySchema();
        SchemaChange joining =
                new SchemaChange(output.value().id(), AvroSchemas.toAvro(rows), AvroSchemas.toAvro(keys));
        Task.SchemaRef key = registry.register(joining, keys);
        add(new Task.Table(rows.name(), key, registry.register(joining, rows)), rows);
        return of(batch);
    }

    /** The form of the batch's table, whose rows may have become others by it. */
    TableForm of(RecordBatch batch) {
        TableForm form = byName.get(name(batch));
        if (form == null) {
            throw VertexFailure.fatal(
                    "TABLE-UNKNOWN",
                    "the source gives rows of '" + batch.schema().name() + "', which is none of the run's tables",
                    "source",
                    "start the run again, so that it is compiled with the tables of now");
        }
        return form;
    }

    /** The form of rows that have other columns by now, as soon as it is registered. */
    TableForm change(RecordBatch batch) {
        TableForm before = of(batch);
        if (!output.evolving()) {
            throw before.mismatch(batch);
        }
        Task.Table table = Objects.requireNonNull(tables.get(name(batch)));
        RowSchema changed = before.changed(batch, promised(table));
        Task.SchemaRef registered =
                registry.register(new SchemaChange(before.valueId(), AvroSchemas.toAvro(changed)), changed);
        add(new Task.Table(table.name(), table.key(), registered), changed);
        return of(batch);
    }

    private String name(RecordBatch batch) {
        return several ? batch.schema().name() : "";
    }
}
