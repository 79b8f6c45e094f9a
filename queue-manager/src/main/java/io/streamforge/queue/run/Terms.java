package io.streamforge.queue.run;

import java.time.Duration;

/**
 * What a run was promised when it was made.
 *
 * @param workers how many workers the run needs
 * @param bounded whether the sources end by themselves
 * @param progressTimeout a worker that reports but gets no further for this long, though there is something to do, is lost
 * @param keepTopics how long the topics stay after the run has completed
 * @param keepRejected how long the dead-letter topic and the logs stay after the run
 * @param memory bytes each worker may use, 0 for the launcher's default
 */
public record Terms(
        int workers,
        boolean bounded,
        RestartPolicy restart,
        Duration progressTimeout,
        Duration keepTopics,
        Duration keepRejected,
        long memory) {}
