package io.streamforge.queue.api;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Event;
import io.streamforge.queue.run.HistoryEntry;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a run's history.
 *
 * @param number goes on by one; pass it as {@code after} to read on
 * @param kind {@code run} or {@code vertex} for transitions, {@code event} for what a worker reported
 */
public record HistoryView(
        String queueId,
        long number,
        Instant at,
        String kind,
        @Nullable String vertex,
        @Nullable String from,
        @Nullable String to,
        String message,
        String actor,
        @Nullable String status,
        @Nullable Integer attempt,
        @Nullable Long seq,
        @Nullable Long recordsRead,
        @Nullable Long recordsWritten,
        @Nullable Long recordsFiltered,
        @Nullable Long recordsRejected,
        @Nullable Long bytes,
        @Nullable Long lag,
        @Nullable ErrorInfo error) {

    static HistoryView of(HistoryEntry entry) {
        Event event = entry.event();
        return event == null ? transition(entry) : report(entry, event);
    }

    private static HistoryView transition(HistoryEntry entry) {
        return new HistoryView(
                entry.queueId(),
                entry.number(),
                entry.at(),
                entry.kind().name().toLowerCase(Locale.ROOT),
                entry.vertex(),
                entry.from(),
                entry.to(),
                entry.cause(),
                entry.actor(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static HistoryView report(HistoryEntry entry, Event event) {
        return new HistoryView(
                entry.queueId(),
                entry.number(),
                entry.at(),
                "event",
                entry.vertex(),
                null,
                null,
                event.message(),
                entry.actor(),
                event.status().name().toLowerCase(Locale.ROOT),
                event.attempt(),
                event.seq(),
                event.recordsRead(),
                event.recordsWritten(),
                event.recordsFiltered(),
                event.recordsRejected(),
                event.bytes(),
                event.lag(),
                event.error());
    }
}
