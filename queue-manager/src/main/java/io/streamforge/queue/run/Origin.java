package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task.From;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a run came from; never changes.
 *
 * @param workflowVersion version of the workflow the run was made from
 * @param spec the workflow's definition at that time, references unresolved, without plain-text secrets
 * @param from where the sources begin
 * @param priority higher runs are admitted first
 * @param actor who asked for the run
 * @param replayOf the run whose rejected rows this one writes again; null for a run that reads its source
 * @param traceparent the request that made the run, as W3C Trace Context writes it; null when it is in no trace
 */
public record Origin(
        String workflow,
        int workflowVersion,
        Map<String, Object> spec,
        Subject subject,
        From from,
        int priority,
        Terms terms,
        String actor,
        Instant createdAt,
        @Nullable String replayOf,
        @Nullable String traceparent) {

    @JsonCreator
    public Origin {}

    /** Of a run that reads its source. */
    public Origin(
            String workflow,
            int workflowVersion,
            Map<String, Object> spec,
            Subject subject,
            From from,
            int priority,
            Terms terms,
            String actor,
            Instant createdAt) {
        this(workflow, workflowVersion, spec, subject, from, priority, terms, actor, createdAt, null, null);
    }
}
