package io.streamforge.queue.resource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a Workflow resource, as {@link StatusSchema} describes it.
 *
 * @param state of the latest run, or {@code invalid}; null when there is neither
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WorkflowStatus(
        long observedGeneration,
        @Nullable String workflow,
        @Nullable Integer version,
        @Nullable String queueId,
        @Nullable String state,
        @Nullable Long rows,
        @Nullable Long rejected,
        @Nullable Long lag,
        @Nullable String message,
        List<Problem> problems,
        List<Condition> conditions) {

    static final String INVALID = "invalid";
    static final WorkflowStatus NONE =
            new WorkflowStatus(0, null, null, null, null, null, null, null, null, List.of(), List.of());

    @SuppressWarnings("NullAway") // a status that another version wrote may lack them
    WorkflowStatus {
        problems = problems == null ? List.of() : List.copyOf(problems);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Problem(
            int line,
            int column,
            String path,
            String code,
            String message,
            @Nullable String suggestion) {}

    /**
     * @param status {@code True}, {@code False} or {@code Unknown}
     * @param lastTransitionTime RFC 3339, whole seconds
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Condition(
            String type,
            String status,
            String reason,
            String message,
            String lastTransitionTime,
            long observedGeneration) {}

    Optional<Condition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** The same apart from what changes all the time. */
    WorkflowStatus withoutCounters() {
        return new WorkflowStatus(
                observedGeneration, workflow, version, queueId, state, null, null, null, message, problems, conditions);
    }
}
