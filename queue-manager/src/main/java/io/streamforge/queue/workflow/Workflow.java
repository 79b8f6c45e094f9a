package io.streamforge.queue.workflow;

import io.streamforge.messages.Json;
import io.streamforge.messages.Subject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stored workflow.
 *
 * @param version 1 when created, one more with every change; also the entity tag
 * @param spec the definition as JSON, templates expanded, references unresolved, without plain-text secrets
 * @param subject what a templated workflow is about
 * @param owner the Kubernetes resource that alone changes it, such as {@code Workflow shop/orders}; null for users of the API
 */
public record Workflow(
        String name,
        int version,
        Map<String, Object> spec,
        Subject subject,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String owner) {

    /** One that users of the API may change. */
    public Workflow(
            String name, int version, Map<String, Object> spec, Subject subject, Instant createdAt, Instant updatedAt) {
        this(name, version, spec, subject, createdAt, updatedAt, null);
    }

    /** Whether a definition says the same, however its numbers are held. */
    boolean definedBy(Map<String, Object> definition) {
        return stored(spec).equals(stored(definition));
    }

    private static Object stored(Map<String, Object> definition) {
        return Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(definition));
    }
}
