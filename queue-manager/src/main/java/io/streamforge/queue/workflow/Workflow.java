package io.streamforge.queue.workflow;

import io.streamforge.messages.Subject;
import java.time.Instant;
import java.util.Map;

/**
 * A stored workflow.
 *
 * @param version 1 when created, one more with every change; also the entity tag
 * @param spec the definition as JSON, templates expanded, references unresolved, without plain-text secrets
 * @param subject what a templated workflow is about
 */
public record Workflow(
        String name, int version, Map<String, Object> spec, Subject subject, Instant createdAt, Instant updatedAt) {}
