package io.streamforge.queue.store;

import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.workflow.Workflow;
import java.util.Map;

/** One change in a {@link Store#write}. */
public sealed interface Write {

    /**
     * Inserts the workflow when its version is 1, otherwise replaces the one whose version is one less.
     *
     * <p>Stale when it exists already, or is not at that version.
     */
    record PutWorkflow(Workflow workflow) implements Write {}

    /** Removes the workflow at this version; its runs stay. Stale when it is not there or not at that version. */
    record DeleteWorkflow(String name, int version) implements Write {}

    /** Replaces the one of the workflow. */
    record PutRemnant(Remnant remnant) implements Write {}

    /** Without effect when there is none. */
    record RemoveRemnant(String workflow) implements Write {}

    /** Inserts the run when its version is 1, otherwise replaces the one whose version is one less. Stale as with workflows. */
    record PutRun(Run run) implements Write {}

    /** Adds an entry; the writer numbers them. Stale when the number is taken. */
    record AddHistory(HistoryEntry entry) implements Write {}

    /** Adds an entry and gives it the next id; the id in the entry is ignored. */
    record AddAudit(AuditEntry entry) implements Write {}

    /** Stale when the key is taken. */
    record AddReply(IdempotentReply reply) implements Write {}

    /** Stale when the subject has that version, the id stands for another schema, or the schema has another id, already. */
    record AddSchema(RegisteredSchema schema) implements Write {}

    /** Replaces the offsets of these partitions; others stay. */
    record PutOffsets(String topic, Map<Integer, Long> offsets) implements Write {}
}
