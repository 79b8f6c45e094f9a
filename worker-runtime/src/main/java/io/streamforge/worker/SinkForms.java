package io.streamforge.worker;

import io.streamforge.messages.Task;
import io.streamforge.record.RowSchema;
import io.streamforge.worker.RecordReader.OtherSchemaException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** The input with the schema that a record has come with; empty when that is not one of the same rows. */
    Optional<Task.Input> following(OtherSchemaException other) {
        if (strange.contains(other.schemaId())) {
            return Optional.empty();
        }
        RowSchema known = schemas().get(other.table());
        Optional<Task.Input> next = registered
                .find(other.schemaId())
                .filter(schema -> follows(known, schema))
                .map(schema -> with(other.table(), schema));
        if (next.isEmpty()) {
            strange.add(other.schemaId());
        }
        return next;
    }

    void change(Task.Input next) {
        before = schemas();
        input = next;
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
