package io.streamforge.queue.run;

import io.streamforge.messages.Subject;
import io.streamforge.messages.Task.From;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Where a run came from; never changes.
 *
 * @param workflowVersion version of the workflow the run was made from
 * @param spec the workflow's definition at that time, references unresolved, without plain-text secrets
 * @param from where the sources begin
 * @param priority higher runs are admitted first
 * @param workers how many workers the run needs
 * @param bounded whether the sources end by themselves
 * @param keepRejected how long the dead-letter topic outlives the run
 * @param actor who asked for the run
 */
public record Origin(
        String workflow,
        int workflowVersion,
        Map<String, Object> spec,
        Subject subject,
        From from,
        int priority,
        int workers,
        boolean bounded,
        RestartPolicy restart,
        Duration keepRejected,
        String actor,
        Instant createdAt) {}
