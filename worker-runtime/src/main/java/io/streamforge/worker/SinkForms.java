package io.streamforge.worker;

import io.streamforge.messages.Task;
import io.streamforge.record.RowSchema;
import io.streamforge.worker.RecordReader.NewTableException;
import io.streamforge.worker.RecordReader.OtherSchemaException;
import io.streamforge.worker.RecordReader.UnreadableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The schemas of a sink's input as they are where it reads. Later ones are learnt from the rows that have them; while it reads on, one
 * thread looks for them, and between two readings another one takes them.
 */
final class SinkForms {

    private final SchemaTopic registered;
    private final Set<Integer> strange = new HashSet<>();
    private Task.Input input;
    private List<RowSchema> before;

    SinkForms(Task.Input input, KafkaClients clients) {
        this.input = input;
        registered = new SchemaTopic(clients);
        before = schemas();
    }

    Task.Input input() {
        return input;
    }

    List<RowSchema> schemas() {
        return TaskParts.schemas(input);
    }

    /** The schemas before the last change. */
    List<RowSchema> before() {
        return before;
    }

    /** The input as a record needs it that the reader of before could not read; empty when it is no record of these rows. */
    Optional<Task.Input> following(UnreadableException unread) {
        return unread instanceof OtherSchemaException other
                ? changed(other)
                : unread instanceof NewTableException joined ? joined(joined) : Optional.empty();
    }

    /** With a table that had no rows before. A record that deletes names no schema of rows: any that the table has had will do. */
    private Optional<Task.Input> joined(NewTableException joined) {
        Optional<Task.SchemaRef> key = registered.find(schema -> schema.id() == joined.keyId());
        Integer id = joined.valueId();
        return key.flatMap(keys -> registered
                        .find(schema -> id == null ? rowsOf(joined.table(), keys, schema) : schema.id() == id)
                        .map(rows -> new Task.Table(joined.table(), keys, rows)))
                .map(input::with);
    }

    private static boolean rowsOf(String table, Task.SchemaRef key, Task.SchemaRef schema) {
        RowSchema rows = TaskParts.schema(schema, "schema of its rows");
        return rows.name().equals(table)
                && rows.columns()
                        .containsAll(TaskParts.schema(key, "key schema").columns());
    }

    /** With the schema that a record has come with; empty when that is not one of the same rows. */
    private Optional<Task.Input> changed(OtherSchemaException other) {
        if (strange.contains(other.schemaId())) {
            return Optional.empty();
        }
        RowSchema known = schemas().get(other.table());
        Optional<Task.Input> next = registered
                .find(schema -> schema.id() == other.schemaId())
                .filter(schema -> follows(known, schema))
                .map(schema -> with(other.table(), schema));
        if (next.isEmpty()) {
            strange.add(other.schemaId());
        }
        return next;
    }

    /** A table that has joined was before as it is now. */
    void change(Task.Input next) {
        List<RowSchema> known = schemas();
        input = next;
        List<RowSchema> now = schemas();
        before = Stream.concat(known.stream(), now.stream().skip(known.size())).toList();
    }

    private static boolean follows(RowSchema known, Task.SchemaRef schema) {
        RowSchema found = TaskParts.schema(schema, "schema of its rows");
        return found.name().equals(known.name())
                && known.key().stream()
                        .allMatch(part -> found.indexOf(part) >= 0
                                && found.column(found.indexOf(part)).equals(known.column(known.indexOf(part))));
    }

    private Task.Input with(int table, Task.SchemaRef schema) {
        if (input.tables().isEmpty()) {
            return input.with(schema, List.of());
        }
        List<Task.Table> tables = new ArrayList<>(input.tables());
        Task.Table known = tables.get(table);
        tables.set(table, new Task.Table(known.name(), known.key(), schema));
        return input.with(input.value(), tables);
    }
}
