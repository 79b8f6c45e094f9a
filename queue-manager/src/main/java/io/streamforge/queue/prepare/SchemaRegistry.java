package io.streamforge.queue.prepare;

import io.streamforge.messages.SchemaChange;
import io.streamforge.queue.kafka.Broker;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives schemas their ids: one per schema, whatever the subject, and a version per subject. Kept in the store first, then told to
 * the topic {@code streamforge-schemas}.
 */
public final class SchemaRegistry {

    private static final Logger log = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final int TRIES = 5;
    private static final String VALUE = "-value";

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

    /**
     * Registers what a source waits for under the subjects of the schema it replaces; one that replaces nothing is not waited for by
     * any run of ours.
     */
    public synchronized void replace(SchemaChange change) {
        RowSchema schema;
        try {
            schema = AvroSchemas.fromAvro(change.avro());
        } catch (IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("replaces", change.replaces())
                    .setCause(e)
                    .log("a source waits for a schema that is none");
            return;
        }
        store.schemas().stream()
                .filter(known ->
                        known.id() == change.replaces() && known.subject().endsWith(VALUE))
                .map(RegisteredSchema::subject)
                .distinct()
                .forEach(subject -> id(subject, schema));
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
