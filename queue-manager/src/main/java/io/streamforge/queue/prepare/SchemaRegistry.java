package io.streamforge.queue.prepare;

import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.reconcile.Schemas;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.Write;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.RowSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Gives schemas their ids: one per schema, whatever the subject, and a version per subject. Kept in the store first, then told to
 * the topic {@code streamforge-schemas}.
 */
public final class SchemaRegistry implements Schemas {

    private static final Logger log = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final int TRIES = 5;
    private static final String VALUE = "-value";
    private static final String KEY = "-key";

    private final Store store;
    private final Broker broker;
    private final Set<RegisteredSchema> published = new HashSet<>();

    public SchemaRegistry(Store store, Broker broker) {
        this.store = store;
        this.broker = broker;
    }

    /** The id of a schema; registers it as the next version of the subject when the subject does not have it. */
    synchronized int id(String subject, RowSchema schema) {
        RegisteredSchema registered = register(subject, AvroSchemas.toJson(schema));
        if (published.add(registered)) {
            broker.publish(registered);
        }
        return registered.id();
    }

    /** A change that replaces nothing is not waited for by any run of ours. */
    @Override
    public synchronized void register(SchemaChange change) {
        Waited waited = waited(change).orElse(null);
        if (waited != null) {
            for (String subject : subjects(change, waited)) {
                if (waited.keys() != null) {
                    id(subject + KEY, waited.keys());
                }
                id(subject + VALUE, waited.rows());
            }
        }
    }

    @Override
    public synchronized Optional<Task.Table> joining(SchemaChange change) {
        Waited waited = waited(change).orElse(null);
        RowSchema keys = waited == null ? null : waited.keys();
        if (waited == null || keys == null) {
            return Optional.empty();
        }
        return subjects(change, waited).stream()
                .map(subject -> new Task.Table(
                        waited.rows().name(), stored(subject + KEY, keys), stored(subject + VALUE, waited.rows())))
                .reduce((one, same) -> one);
    }

    /** @param keys of a table that joins; null for one that is there */
    private record Waited(RowSchema rows, @Nullable RowSchema keys) {}

    private static Optional<Waited> waited(SchemaChange change) {
        try {
            JsonNode keys = change.joins();
            return Optional.of(
                    new Waited(AvroSchemas.fromAvro(change.avro()), keys == null ? null : AvroSchemas.fromAvro(keys)));
        } catch (IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("replaces", change.replaces())
                    .setCause(e)
                    .log("a source waits for a schema that is none");
            return Optional.empty();
        }
    }

    /** Those of the schema that is replaced, without what they end with; of a table that joins, with its name in the other's place. */
    private List<String> subjects(SchemaChange change, Waited waited) {
        return store.schemas().stream()
                .filter(known ->
                        known.id() == change.replaces() && known.subject().endsWith(VALUE))
                .map(known -> waited.keys() == null
                        ? before(known, VALUE)
                        : before(known, AvroSchemas.fromJson(known.schema()).name() + VALUE)
                                + waited.rows().name())
                .distinct()
                .toList();
    }

    private static String before(RegisteredSchema known, String end) {
        String subject = known.subject();
        return subject.endsWith(end) ? subject.substring(0, subject.length() - end.length()) : subject + "-";
    }

    private Task.SchemaRef stored(String subject, RowSchema schema) {
        return new Task.SchemaRef(register(subject, AvroSchemas.toJson(schema)).id(), AvroSchemas.toAvro(schema));
    }

    private RegisteredSchema register(String subject, String schema) {
        for (int i = 1; ; i++) {
            List<RegisteredSchema> all = store.schemas();
            Optional<RegisteredSchema> known = all.stream()
                    .filter(one -> one.subject().equals(subject) && one.schema().equals(schema))
                    .findFirst();
            if (known.isPresent()) {
                return known.get();
            }
            RegisteredSchema next = next(all, subject, schema);
            try {
                store.write(List.of(new Write.AddSchema(next)));
                return next;
            } catch (StaleWriteException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static RegisteredSchema next(List<RegisteredSchema> all, String subject, String schema) {
        int id = all.stream()
                .filter(one -> one.schema().equals(schema))
                .mapToInt(RegisteredSchema::id)
                .findFirst()
                .orElseGet(
                        () -> all.stream().mapToInt(RegisteredSchema::id).max().orElse(0) + 1);
        int version = 1
                + (int) all.stream()
                        .filter(one -> one.subject().equals(subject))
                        .count();
        return new RegisteredSchema(id, subject, version, schema);
    }

    /** Everything registered, by subject and version. */
    public List<RegisteredSchema> all() {
        return store.schemas();
    }
}
