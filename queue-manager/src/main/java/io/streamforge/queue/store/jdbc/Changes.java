package io.streamforge.queue.store.jdbc;

import static io.streamforge.queue.store.jdbc.Documents.json;
import static io.streamforge.queue.store.jdbc.Documents.nanos;

import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.store.IdempotentReply;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.Remnant;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.workflow.Workflow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts changes into statements; each says by the number of changed rows whether it was made from the right version. */
record Changes(Session session) {

    void apply(Write change) throws SQLException {
        if (change instanceof Write.PutWorkflow put) {
            put(put.workflow());
        } else if (change instanceof Write.DeleteWorkflow delete) {
            delete(delete.name(), delete.version());
        } else if (change instanceof Write.PutRemnant put) {
            put(put.remnant());
        } else if (change instanceof Write.RemoveRemnant remove) {
            session.update("DELETE FROM remnants WHERE workflow = ?", remove.workflow());
        } else if (change instanceof Write.PutRun put) {
            put(put.run());
        } else if (change instanceof Write.AddHistory add) {
            add(add.entry());
        } else if (change instanceof Write.AddAudit add) {
            session.update("INSERT INTO audit (document) VALUES (?)", json(add.entry()));
        } else if (change instanceof Write.AddReply add) {
            add(add.reply());
        } else if (change instanceof Write.AddSchema add) {
            add(add.schema());
        } else if (change instanceof Write.PutOffsets put) {
            put(put.topic(), put.offsets());
        }
    }

    private void put(Workflow workflow) throws SQLException {
        int changed = workflow.version() == 1
                ? session.update(
                        "INSERT INTO workflows (name, search_name, version, created_at, updated_at, document)"
                                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        workflow.name(),
                        workflow.name().toLowerCase(Locale.ROOT),
                        workflow.version(),
                        nanos(workflow.createdAt()),
                        nanos(workflow.updatedAt()),
                        json(workflow))
                : session.update(
                        "UPDATE workflows SET version = ?, created_at = ?, updated_at = ?, document = ?"
                                + " WHERE name = ? AND version = ?",
                        workflow.version(),
                        nanos(workflow.createdAt()),
                        nanos(workflow.updatedAt()),
                        json(workflow),
                        workflow.name(),
                        workflow.version() - 1);
        requireOne(changed, "workflow " + workflow.name());
    }

    private void delete(String name, int version) throws SQLException {
        requireOne(
                session.update("DELETE FROM workflows WHERE name = ? AND version = ?", name, version),
                "workflow " + name);
    }

    private void put(Remnant remnant) throws SQLException {
        session.update(
                "INSERT INTO remnants (workflow, document) VALUES (?, ?)"
                        + " ON CONFLICT (workflow) DO UPDATE SET document = excluded.document",
                remnant.workflow(),
                json(remnant));
    }

    private void put(Run run) throws SQLException {
        int changed = run.version() == 1
                ? session.update(
                        "INSERT INTO runs (queue_id, version, workflow, state, created_at, due_at, document)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        run.queueId(),
                        run.version(),
                        run.workflow(),
                        run.state().label(),
                        nanos(run.origin().createdAt()),
                        nanosOrNull(run.dueAt()),
                        json(run))
                : session.update(
                        "UPDATE runs SET version = ?, workflow = ?, state = ?, created_at = ?, due_at = ?, document = ?"
                                + " WHERE queue_id = ? AND version = ?",
                        run.version(),
                        run.workflow(),
                        run.state().label(),
                        nanos(run.origin().createdAt()),
                        nanosOrNull(run.dueAt()),
                        json(run),
                        run.queueId(),
                        run.version() - 1);
        requireOne(changed, "run " + run.queueId());
    }

    private void add(HistoryEntry entry) throws SQLException {
        requireOne(
                session.update(
                        "INSERT INTO history (queue_id, number, document) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        entry.queueId(),
                        entry.number(),
                        json(entry)),
                "history entry " + entry.number() + " of run " + entry.queueId());
    }

    private void add(IdempotentReply reply) throws SQLException {
        requireOne(
                session.update(
                        "INSERT INTO replies (idempotency_key, at, document) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        reply.key(),
                        nanos(reply.at()),
                        json(reply)),
                "reply to " + reply.key());
    }

    private void add(RegisteredSchema schema) throws SQLException {
        String fingerprint = Documents.sha256(schema.schema());
        session.update(
                "INSERT INTO schemas (id, fingerprint, schema) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                schema.id(),
                fingerprint,
                schema.schema());
        boolean same = session.first(
                        "SELECT 1 FROM schemas WHERE id = ? AND fingerprint = ?", row -> true, schema.id(), fingerprint)
                .isPresent();
        requireOne(same ? 1 : 0, "schema id " + schema.id());
        requireOne(
                session.update(
                        "INSERT INTO subjects (subject, version, schema_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        schema.subject(),
                        schema.version(),
                        schema.id()),
                "subject " + schema.subject());
    }

    private void put(String topic, Map<Integer, Long> offsets) throws SQLException {
        for (Map.Entry<Integer, Long> offset : offsets.entrySet()) {
            session.update(
                    "INSERT INTO topic_offsets (topic, topic_partition, next) VALUES (?, ?, ?)"
                            + " ON CONFLICT (topic, topic_partition) DO UPDATE SET next = excluded.next",
                    topic,
                    offset.getKey(),
                    offset.getValue());
        }
    }

    private static @Nullable Long nanosOrNull(@Nullable Instant time) {
        return time == null ? null : nanos(time);
    }

    private static void requireOne(int changed, String what) {
        if (changed != 1) {
            throw new StaleWriteException(what);
        }
    }
}
