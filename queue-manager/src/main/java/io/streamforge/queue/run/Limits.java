package io.streamforge.queue.run;

import java.time.Duration;

/**
 * Times the decisions are made by.
 *
 * @param launch a launched worker reports within
 * @param silent a worker that reports nothing for this long is lost; workers report every 5 s
 * @param exit how long the last event of a worker that ended by itself is waited for
 * @param linger how long a worker that has completed may take to end by itself
 * @param stop how long a worker may take to stop
 * @param quickRestart wait before the first restart of a worker that was lost
 * @param keepFailedTopics how long the topics of a failed or stopped run stay at least, for a retry
 */
public record Limits(
        Duration launch,
        Duration silent,
        Duration exit,
        Duration linger,
        Duration stop,
        Duration quickRestart,
        Duration keepFailedTopics) {

    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofDays(1));
}
