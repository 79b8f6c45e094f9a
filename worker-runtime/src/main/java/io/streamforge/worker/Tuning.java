package io.streamforge.worker;

import java.time.Duration;
import java.util.function.Consumer;

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
        return with(draft -> {
            draft.commitInterval = interval;
            draft.commitBytes = bytes;
        });
    }

    public Tuning withBatch(int rows, long bytes) {
        return with(draft -> {
            draft.batchRows = rows;
            draft.batchBytes = bytes;
        });
    }

    public Tuning withStopDeadline(Duration deadline) {
        return with(draft -> draft.stopDeadline = deadline);
    }

    /** How long to bear with a connector's errors and with a broker that is away. */
    public Tuning withPatience(Duration newRetryFor, Duration newBrokerAway) {
        return with(draft -> {
            draft.retryFor = newRetryFor;
            draft.brokerAway = newBrokerAway;
        });
    }

    public Tuning withRecommit(Duration time) {
        return with(draft -> draft.recommit = time);
    }

    private Tuning with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.tuning();
    }

    /** What can be changed of a copy. */
    private static final class Draft {

        private final Tuning from;
        private Duration commitInterval;
        private long commitBytes;
        private int batchRows;
        private long batchBytes;
        private Duration stopDeadline;
        private Duration retryFor;
        private Duration brokerAway;
        private Duration recommit;

        Draft(Tuning from) {
            this.from = from;
            commitInterval = from.commitInterval;
            commitBytes = from.commitBytes;
            batchRows = from.batchRows;
            batchBytes = from.batchBytes;
            stopDeadline = from.stopDeadline;
            retryFor = from.retryFor;
            brokerAway = from.brokerAway;
            recommit = from.recommit;
        }

        Tuning tuning() {
            return new Tuning(
                    commitInterval,
                    commitBytes,
                    batchRows,
                    batchBytes,
                    from.idle,
                    from.eventInterval,
                    from.progressInterval,
                    stopDeadline,
                    retryFor,
                    brokerAway,
                    recommit);
        }
    }
}
