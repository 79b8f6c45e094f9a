package io.streamforge.worker;

import java.time.Duration;

/**
 * How eagerly a worker works and how long it waits; the defaults suit most runs.
 *
 * @param commitInterval longest time rows wait in an open transaction of a source; a task's checkpoint interval comes first
 * @param commitBytes a source commits when so much is in its transaction
 * @param batchRows most rows a sink writes at once
 * @param batchBytes most bytes a sink writes at once
 * @param idle a source or sink with nothing more to read commits or writes what it has after this time
 * @param eventInterval longest silence between two events
 * @param progressInterval shortest time between two events that only report progress
 * @param stopDeadline a worker asked to stop ends after this time, whatever its connector does
 * @param retryFor how long transient and connection errors are retried without progress before the attempt ends
 * @param brokerAway how long a broker may be away before the attempt ends
 * @param recommit offsets of a vertex without news are committed again after this time, lest the broker forgets them
 */
public record Tuning(
        Duration commitInterval,
        long commitBytes,
        int batchRows,
        long batchBytes,
        Duration idle,
        Duration eventInterval,
        Duration progressInterval,
        Duration stopDeadline,
        Duration retryFor,
        Duration brokerAway,
        Duration recommit) {

    private static final long MEBIBYTE = 1 << 20;

    public static final Tuning DEFAULT = new Tuning(
            Duration.ofMillis(500),
            16 * MEBIBYTE,
            25_000,
            4 * MEBIBYTE,
            Duration.ofMillis(50),
            Duration.ofSeconds(4),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofHours(1));

    public Tuning {
        requireAtLeast("commit bytes", commitBytes, 1);
        requireAtLeast("batch rows", batchRows, 1);
        requireAtLeast("batch bytes", batchBytes, 1);
        requirePositive("commit interval", commitInterval);
        requirePositive("idle time", idle);
        requirePositive("event interval", eventInterval);
        requirePositive("progress interval", progressInterval);
        requirePositive("stop deadline", stopDeadline);
        requirePositive("time between commits", recommit);
    }

    private static void requireAtLeast(String what, long value, long bound) {
        if (value < bound) {
            throw new IllegalArgumentException(what + " must be at least " + bound + ", got " + value);
        }
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, got " + value);
        }
    }

    public Tuning withCommit(Duration interval, long bytes) {
        return new Tuning(
                interval,
                bytes,
                batchRows,
                batchBytes,
                idle,
                eventInterval,
                progressInterval,
                stopDeadline,
                retryFor,
                brokerAway,
                recommit);
    }

    public Tuning withBatch(int rows, long bytes) {
        return new Tuning(
                commitInterval,
                commitBytes,
                rows,
                bytes,
                idle,
                eventInterval,
                progressInterval,
                stopDeadline,
                retryFor,
                brokerAway,
                recommit);
    }

    public Tuning withStopDeadline(Duration deadline) {
        return new Tuning(
                commitInterval,
                commitBytes,
                batchRows,
                batchBytes,
                idle,
                eventInterval,
                progressInterval,
                deadline,
                retryFor,
                brokerAway,
                recommit);
    }

    /** How long to bear with a connector's errors and with a broker that is away. */
    public Tuning withPatience(Duration newRetryFor, Duration newBrokerAway) {
        return new Tuning(
                commitInterval,
                commitBytes,
                batchRows,
                batchBytes,
                idle,
                eventInterval,
                progressInterval,
                stopDeadline,
                newRetryFor,
                newBrokerAway,
                recommit);
    }

    public Tuning withRecommit(Duration time) {
        return new Tuning(
                commitInterval,
                commitBytes,
                batchRows,
                batchBytes,
                idle,
                eventInterval,
                progressInterval,
                stopDeadline,
                retryFor,
                brokerAway,
                time);
    }
}
