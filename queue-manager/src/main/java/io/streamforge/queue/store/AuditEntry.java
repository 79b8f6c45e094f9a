package io.streamforge.queue.store;

import java.time.Instant;
import java.util.Map;

/**
 * Who changed what.
 *
 * @param id grows; given by the store
 * @param action such as {@code workflow.create}, {@code run.stop}
 * @param subject name of the workflow, or queue id
 * @param details more about it, without secrets
 */
public record AuditEntry(
        long id, Instant at, String actor, String action, String subject, Map<String, Object> details) {

    /** An entry for the store to number, with nothing more to say. */
    public static AuditEntry of(Instant at, String actor, String action, String subject) {
        return new AuditEntry(0, at, actor, action, subject, Map.of());
    }
}
