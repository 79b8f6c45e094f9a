package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.streamforge.messages.ErrorInfo;
import java.time.Instant;
import java.util.Locale;

/** States of a vertex in its current attempt. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = VertexState.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = VertexState.Commanded.class, name = "commanded"),
    @JsonSubTypes.Type(value = VertexState.Launched.class, name = "launched"),
    @JsonSubTypes.Type(value = VertexState.Active.class, name = "active"),
    @JsonSubTypes.Type(value = VertexState.Backoff.class, name = "backoff"),
    @JsonSubTypes.Type(value = VertexState.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = VertexState.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = VertexState.Failed.class, name = "failed")
})
public sealed interface VertexState {

    /** The word users see. */
    default String label() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** True when no worker of this attempt has anything left to do. */
    default boolean ended() {
        return this instanceof Completed || this instanceof Stopped || this instanceof Failed;
    }

    /** True when a worker of this attempt may be alive. */
    default boolean live() {
        return this instanceof Launched || this instanceof Active;
    }

    /** Not started: no command has been written for this attempt. */
    record Waiting() implements VertexState {}

    /**
     * The start command is written.
     *
     * @param command where: {@code queue-control/3/1042}
     */
    record Commanded(String command) implements VertexState {}

    /** The launcher was told; the worker has not reported yet. */
    record Launched(String command, Instant since) implements VertexState {}

    /** The worker reports. */
    record Active(String command, Instant since) implements VertexState {}

    /** Lost or failed; the next attempt begins at {@code until}. */
    record Backoff(Instant until, ErrorInfo cause) implements VertexState {}

    record Completed(Instant since) implements VertexState {}

    record Stopped(Instant since) implements VertexState {}

    record Failed(Instant since, ErrorInfo error) implements VertexState {}
}
