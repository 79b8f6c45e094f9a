package io.streamforge.queue.api;

import io.streamforge.messages.Subject;
import io.streamforge.queue.workflow.Workflow;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as callers see it.
 *
 * @param version also the entity tag
 * @param spec the definition, secrets as references
 * @param queueId of the run, when one was started or is the latest
 */
public record WorkflowView(
        String name,
        int version,
        Subject subject,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Map<String, Object> spec,
        @Nullable String queueId,
        @Nullable RunView run) {

    static WorkflowView of(Workflow workflow, @Nullable RunView run) {
        return new WorkflowView(
                workflow.name(),
                workflow.version(),
                workflow.subject(),
                workflow.createdAt(),
                workflow.updatedAt(),
                workflow.spec(),
                run == null ? null : run.queueId(),
                run);
    }

    /** Without what makes it long. */
    static WorkflowView brief(Workflow workflow) {
        return new WorkflowView(
                workflow.name(),
                workflow.version(),
                workflow.subject(),
                workflow.createdAt(),
                workflow.updatedAt(),
                null,
                null,
                null);
    }
}
