package io.streamforge.queue.run;

import io.streamforge.messages.Subject;
import io.streamforge.messages.Task.From;
import java.time.Instant;
import java.util.Map;

/**
 * Where a run came from; never changes.
 *
 * @param workflowVersion version of the workflow the run was made from
 * @param spec the workflow's definition at that time, references unresolved, without plain-text secrets
 * @param from where the sources begin
 * @param priority higher runs are admitted first
 * @param actor who asked for the run
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
        Instant createdAt) {}
