package io.streamforge.worker;

import io.streamforge.messages.Command;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Topics;
import io.streamforge.messages.WorkerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells {@code queue-events} how the worker is: at once when its status changes, soon after progress, and now and then when
 * nothing happens. For one thread; while the broker is away the newest state waits.
 */
final class EventReporter {

    private static final Logger log = LoggerFactory.getLogger(EventReporter.class);

    private final Command.Start start;
    private final Producer<byte[], byte[]> producer;
    private final Tuning tuning;
    private final @Nullable String traceparent;
    private final byte[] key;
    /** Above that of a worker which had the same attempt before: no worker sends an event per millisecond. */
    private long seq = System.currentTimeMillis();
    /** The sending of the newest event, null when not even that could begin. */
    private @Nullable Future<?> newest;

    private @Nullable WorkerStatus reported;
    private Snapshot lastSnapshot = Snapshot.NOTHING;
    private long lastSent;
    private volatile long lastArrived = System.nanoTime();

    EventReporter(Command.Start start, Producer<byte[], byte[]> producer, Tuning tuning, @Nullable String traceparent) {
        this.start = start;
        this.producer = producer;
        this.tuning = tuning;
        this.traceparent = traceparent;
        key = start.queueId().getBytes(StandardCharsets.UTF_8);
    }

    /** Reports when there is a reason to. */
    void tick(WorkerStatus status, Snapshot snapshot) {
        Duration silence = Duration.ofNanos(System.nanoTime() - lastSent);
        boolean due = status != reported
                || silence.compareTo(tuning.eventInterval()) >= 0
                || (silence.compareTo(tuning.progressInterval()) >= 0 && !snapshot.sameProgress(lastSnapshot));
        if (due) {
            send(status, snapshot, null);
        }
    }

    /** True when the broker has taken no event for so long that it counts as gone. */
    boolean unheard() {
        Duration patience = tuning.brokerAway().plus(tuning.eventInterval().multipliedBy(2));
        return System.nanoTime() - lastArrived > patience.toNanos();
    }

    /** The last event of the attempt; waits a while until the broker has it. */
    void last(WorkerStatus status, Snapshot snapshot, @Nullable ErrorInfo error, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean sent = false;
        while (!sent && System.nanoTime() < end) {
            send(status, snapshot, error);
            Future<?> sending = newest;
            sent = sending != null && arrived(sending, end - System.nanoTime());
        }
    }

    private static boolean arrived(Future<?> sending, long nanos) {
        try {
            sending.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            log.atDebug().setCause(e).log("the last event waits for the broker");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void send(WorkerStatus status, Snapshot snapshot, @Nullable ErrorInfo error) {
        Event event = new Event(
                start.queueId(),
                start.vertex(),
                start.telemetryId(),
                start.attempt(),
                seq++,
                start.subject(),
                status,
                error == null ? message(status, snapshot) : error.message(),
                snapshot.read(),
                snapshot.written(),
                snapshot.filtered(),
                snapshot.rejected(),
                snapshot.emitted(),
                snapshot.bytes(),
                snapshot.lag(),
                snapshot.positions(),
                snapshot.endOffsets(),
                status == WorkerStatus.COMPLETED,
                error,
                snapshot.schemaChange(),
                snapshot.firstReadAt(),
                snapshot.lastCommitAt(),
                Instant.now(),
                traceparent);
        try {
            newest = producer.send(
                    new ProducerRecord<>(Topics.EVENTS, key, Json.MAPPER.writeValueAsBytes(event)), (sent, e) -> {
                        if (e != null) {
                            log.atWarn()
                                    .addKeyValue("seq", event.seq())
                                    .addKeyValue("reason", e.getMessage())
                                    .log("event was not sent");
                        } else {
                            lastArrived = System.nanoTime();
                        }
                    });
            reported = status;
            lastSnapshot = snapshot;
            lastSent = System.nanoTime();
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("seq", event.seq())
                    .addKeyValue("reason", e.getMessage())
                    .log("event was not sent");
            newest = null;
        }
    }

    private String message(WorkerStatus status, Snapshot snapshot) {
        return switch (status) {
            case STARTING -> "Starting";
            case PAUSED -> "Paused";
            case STOPPED -> "Stopped after " + done(snapshot);
            case COMPLETED -> "Completed: " + done(snapshot);
            case LOADING, DRAINING, ERROR -> done(snapshot);
        };
    }

    private String done(Snapshot snapshot) {
        return switch (start.task().role()) {
            case SOURCE -> "Read " + snapshot.read() + " records";
            case STAGE -> "Made " + snapshot.written() + " records of " + snapshot.read();
            case SINK -> "Saved " + snapshot.written() + " records";
        };
    }
}
