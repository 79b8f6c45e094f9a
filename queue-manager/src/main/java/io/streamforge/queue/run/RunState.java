package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.streamforge.messages.ErrorInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** States of a run; {@link #mayBecome} is the table of legal moves. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunState.Pending.class, name = "pending"),
    @JsonSubTypes.Type(value = RunState.Scheduled.class, name = "scheduled"),
    @JsonSubTypes.Type(value = RunState.Starting.class, name = "starting"),
    @JsonSubTypes.Type(value = RunState.Running.class, name = "running"),
    @JsonSubTypes.Type(value = RunState.Paused.class, name = "paused"),
    @JsonSubTypes.Type(value = RunState.Draining.class, name = "draining"),
    @JsonSubTypes.Type(value = RunState.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = RunState.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = RunState.Stopped.class, name = "stopped")
})
public sealed interface RunState {

    /** Names of all states, in the order of a run's life. */
    List<String> NAMES = List.of(
            "pending", "scheduled", "starting", "running", "paused", "draining", "completed", "failed", "stopped");

    /** Names of the states a run ends in. */
    Set<String> ENDED = Set.of("completed", "failed", "stopped");

    /** Names of the states of a run that is not over. */
    Set<String> UNDER_WAY =
            NAMES.stream().filter(name -> !ENDED.contains(name)).collect(Collectors.toUnmodifiableSet());

    /** When the run came into this state. */
    Instant since();

    /** The word users see. */
    String label();

    /** Labels of the states that may follow. */
    Set<String> next();

    default boolean mayBecome(RunState other) {
        return next().contains(other.label());
    }

    default boolean ended() {
        return ENDED.contains(label());
    }

    /** True when the run holds a place of those that run at the same time. */
    default boolean admitted() {
        return !ended() && !(this instanceof Pending);
    }

    /**
     * Accepted and stored, not yet admitted.
     *
     * @param reason what it is waiting for, a sentence
     */
    record Pending(Instant since, String reason) implements RunState {
        @Override
        public String label() {
            return "pending";
        }

        @Override
        public Set<String> next() {
            return Set.of("scheduled", "failed", "stopped");
        }
    }

    /** Admitted. */
    record Scheduled(Instant since) implements RunState {
        @Override
        public String label() {
            return "scheduled";
        }

        @Override
        public Set<String> next() {
            return Set.of("starting", "failed", "stopped");
        }
    }

    /**
     * Being prepared (source discovered, sinks checked, schemas and topics made), then launched, until every worker has reported.
     *
     * @param failures of the preparation
     * @param retryAt when the preparation is tried again; null when it is not being waited for
     */
    record Starting(
            Instant since, Restarts failures, @Nullable Instant retryAt) implements RunState {
        @Override
        public String label() {
            return "starting";
        }

        @Override
        public Set<String> next() {
            return Set.of("running", "failed", "stopped");
        }
    }

    record Running(Instant since) implements RunState {
        @Override
        public String label() {
            return "running";
        }

        @Override
        public Set<String> next() {
            return Set.of("paused", "draining", "failed", "stopped");
        }
    }

    record Paused(Instant since) implements RunState {
        @Override
        public String label() {
            return "paused";
        }

        @Override
        public Set<String> next() {
            return Set.of("running", "failed", "stopped");
        }
    }

    /** The sources have read everything; the sinks write what is left in the topics. */
    record Draining(Instant since) implements RunState {
        @Override
        public String label() {
            return "draining";
        }

        @Override
        public Set<String> next() {
            return Set.of("paused", "completed", "failed", "stopped");
        }
    }

    record Completed(Instant since) implements RunState {
        @Override
        public String label() {
            return "completed";
        }

        @Override
        public Set<String> next() {
            return Set.of();
        }
    }

    record Failed(Instant since, ErrorInfo error) implements RunState {
        @Override
        public String label() {
            return "failed";
        }

        @Override
        public Set<String> next() {
            return Set.of("starting");
        }
    }

    record Stopped(Instant since) implements RunState {
        @Override
        public String label() {
            return "stopped";
        }

        @Override
        public Set<String> next() {
            return Set.of();
        }
    }
}
