package io.streamforge.queue.store.arango;

import static io.streamforge.queue.store.arango.Texts.json;
import static io.streamforge.queue.store.arango.Texts.key;
import static io.streamforge.queue.store.arango.Texts.sha256;
import static io.streamforge.queue.store.arango.Texts.time;

import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.IdempotentReply;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.Remnant;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.Workflow;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts changes into queries.
 *
 * @param auditIds gives ids that grow and that no other server gives
 */
record Changes(Session session, LongSupplier auditIds) {

    private static final String INSERT = "INSERT @document INTO @@collection RETURN 1";
    private static final String REPLACE = "FOR d IN @@collection FILTER d._key == @key AND d.version == @expected"
            + " REPLACE d WITH @document IN @@collection RETURN 1";

    void apply(Write change) {
        if (change instanceof Write.PutWorkflow put) {
            put(put.workflow());
        } else if (change instanceof Write.DeleteWorkflow delete) {
            delete(delete.name(), delete.version());
        } else if (change instanceof Write.PutRemnant put) {
            put(put.remnant());
        } else if (change instanceof Write.RemoveRemnant remove) {
            session.update(
                    "FOR d IN @@collection FILTER d._key == @key REMOVE d IN @@collection RETURN 1",
                    "@collection",
                    Collections.REMNANTS,
                    "key",
                    key(remove.workflow()));
        } else if (change instanceof Write.PutRun put) {
            put(put.run());
        } else if (change instanceof Write.AddHistory add) {
            add(add.entry());
        } else if (change instanceof Write.AddAudit add) {
            add(add.entry());
        } else if (change instanceof Write.AddReply add) {
            add(add.reply());
        } else if (change instanceof Write.AddSchema add) {
            add(add.schema());
        } else if (change instanceof Write.PutOffsets put) {
            put(put.topic(), put.offsets());
        }
    }

    private void put(Workflow workflow) {
        Map<String, @Nullable Object> document = document(
                key(workflow.name()),
                json(workflow),
                "name",
                workflow.name(),
                "search_name",
                workflow.name().toLowerCase(Locale.ROOT),
                "version",
                workflow.version(),
                "created_at",
                time(workflow.createdAt()),
                "updated_at",
                time(workflow.updatedAt()));
        versioned(Collections.WORKFLOWS, workflow.version(), document, "workflow " + workflow.name());
    }

    private void put(Remnant remnant) {
        session.update(
                "UPSERT { _key: @key } INSERT { _key: @key, workflow: @workflow, document: @document }"
                        + " UPDATE { document: @document } IN @@collection RETURN 1",
                "@collection",
                Collections.REMNANTS,
                "key",
                key(remnant.workflow()),
                "workflow",
                remnant.workflow(),
                "document",
                json(remnant));
    }

    private void put(Run run) {
        Map<String, @Nullable Object> document = document(
                key(run.queueId()),
                json(run),
                "queue_id",
                run.queueId(),
                "version",
                run.version(),
                "workflow",
                run.workflow(),
                "state",
                run.state().label(),
                "created_at",
                time(run.origin().createdAt()),
                "due_at",
                Texts.timeOrNull(run.dueAt()));
        versioned(Collections.RUNS, run.version(), document, "run " + run.queueId());
    }

    private void delete(String name, int version) {
        int removed = session.update(
                "FOR d IN @@collection FILTER d._key == @key AND d.version == @version REMOVE d IN @@collection RETURN 1",
                "@collection",
                Collections.WORKFLOWS,
                "key",
                key(name),
                "version",
                version);
        requireOne(removed, "workflow " + name);
    }

    private void add(HistoryEntry entry) {
        insert(
                Collections.HISTORY,
                document(
                        key(entry.queueId()) + "," + entry.number(),
                        json(entry),
                        "queue_id",
                        entry.queueId(),
                        "number",
                        entry.number()),
                "history entry " + entry.number() + " of run " + entry.queueId());
    }

    /** Another server may have given the same id in the same microsecond; then it takes the next. */
    private void add(AuditEntry entry) {
        boolean taken = true;
        while (taken) {
            taken = !added(entry, auditIds.getAsLong());
        }
    }

    private boolean added(AuditEntry entry, long id) {
        AuditEntry numbered =
                new AuditEntry(id, entry.at(), entry.actor(), entry.action(), entry.subject(), entry.details());
        try {
            insert(Collections.AUDIT, document(String.valueOf(id), json(numbered), "id", id), "audit entry " + id);
            return true;
        } catch (StaleWriteException e) {
            return false;
        }
    }

    private void add(IdempotentReply reply) {
        insert(
                Collections.REPLIES,
                document(key(reply.key()), json(reply), "at", time(reply.at())),
                "reply to " + reply.key());
    }

    private void add(RegisteredSchema schema) {
        String key = String.valueOf(schema.id());
        String fingerprint = sha256(schema.schema());
        Optional<String> known = session.first(
                String.class,
                "FOR d IN @@collection FILTER d._key == @key RETURN d.fingerprint",
                "@collection",
                Collections.SCHEMAS,
                "key",
                key);
        String what = "schema id " + schema.id();
        if (known.isEmpty()) {
            insert(Collections.SCHEMAS, document(key, schema.schema(), "fingerprint", fingerprint), what);
        } else if (!known.get().equals(fingerprint)) {
            throw new StaleWriteException(what);
        }
        insert(
                Collections.SUBJECTS,
                document(
                        key(schema.subject()) + "," + schema.version(),
                        "",
                        "subject",
                        schema.subject(),
                        "version",
                        schema.version(),
                        "schema_key",
                        key),
                "subject " + schema.subject());
    }

    private void put(String topic, Map<Integer, Long> offsets) {
        offsets.forEach((partition, next) -> session.update(
                "UPSERT { _key: @key } INSERT { _key: @key, topic: @topic, partition: @partition, next: @next }"
                        + " UPDATE { next: @next } IN @@collection RETURN 1",
                "@collection",
                Collections.OFFSETS,
                "key",
                key(topic) + "," + partition,
                "topic",
                topic,
                "partition",
                partition,
                "next",
                next));
    }

    private void versioned(String collection, long version, Map<String, @Nullable Object> document, String what) {
        if (version == 1) {
            insert(collection, document, what);
            return;
        }
        int replaced = session.update(
                REPLACE,
                "@collection",
                collection,
                "key",
                document.get("_key"),
                "expected",
                version - 1,
                "document",
                document);
        requireOne(replaced, what);
    }

    private void insert(String collection, Map<String, @Nullable Object> document, String what) {
        try {
            session.update(INSERT, "@collection", collection, "document", document);
        } catch (RuntimeException e) {
            if (Failures.taken(e)) {
                throw new StaleWriteException(what);
            }
            throw e;
        }
    }

    private static Map<String, @Nullable Object> document(String key, String content, @Nullable Object... attributes) {
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put("_key", key);
        document.put("document", content);
        for (int i = 0; i < attributes.length; i += 2) {
            document.put(String.valueOf(attributes[i]), attributes[i + 1]);
        }
        return document;
    }

    private static void requireOne(int changed, String what) {
        if (changed != 1) {
            throw new StaleWriteException(what);
        }
    }
}
