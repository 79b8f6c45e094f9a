package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamforge.messages.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a run's history: a transition of the run, a transition of one of its vertices, or an event of a worker.
 *
 * @param number 1, 2, … within the run
 * @param vertex null for a transition of the run itself
 * @param from state before, null for events and for the first transition
 * @param to state after, null for events
 * @param cause why, a sentence
 * @param actor who: a user's name, {@code queue-manager}, or the worker's telemetry id
 * @param event what the worker reported; null for transitions
 */
public record HistoryEntry(
        String queueId,
        long number,
        Instant at,
        Kind kind,
        @Nullable String vertex,
        @Nullable String from,
        @Nullable String to,
        String cause,
        String actor,
        @Nullable Event event) {

    public enum Kind {
        @JsonProperty("run")
        RUN,
        @JsonProperty("vertex")
        VERTEX,
        @JsonProperty("event")
        EVENT
    }
}
