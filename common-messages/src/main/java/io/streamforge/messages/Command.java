package io.streamforge.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What queue-manager, and nobody else, says on {@code queue-control}. A command id is derived from run, vertex, attempt and
 * kind, so saying it twice is harmless. Stop, pause and resume hold for the attempt they name and for all later ones.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Command.Start.class, name = "start"),
    @JsonSubTypes.Type(value = Command.Drain.class, name = "drain"),
    @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = Command.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = Command.Stop.class, name = "stop")
})
public sealed interface Command {

    String commandId();

    String queueId();

    String vertex();

    int attempt();

    Instant timestamp();

    /** The word in the field {@code command} and in the record's key. */
    String word();

    /** Key of the record that carries this command. */
    default String key() {
        return Topics.commandKey(queueId(), vertex(), word());
    }

    static String id(String queueId, String vertex, int attempt, String word) {
        return queueId + "/" + vertex + "/" + attempt + "/" + word;
    }

    /**
     * Begin, or begin again.
     *
     * @param target the worker's module, such as {@code loader-producer}
     * @param kafkaTopic the data topic the vertex writes to, or reads from when it is a sink
     * @param image the image a pod of this vertex runs; from queue-manager's configuration, for people to read
     * @param traceparent where the run stands in a trace, as W3C Trace Context writes it; null when it is in none
     */
    record Start(
            String commandId,
            String queueId,
            String target,
            @JsonUnwrapped Subject subject,
            String kafkaTopic,
            String telemetryId,
            String vertex,
            @Nullable String image,
            int attempt,
            Task task,

            @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class)
            Instant timestamp,

            @Nullable String traceparent)
            implements Command {

        @JsonCreator
        public Start {}

        /** Of a run that is in no trace. */
        public Start(
                String commandId,
                String queueId,
                String target,
                Subject subject,
                String kafkaTopic,
                String telemetryId,
                String vertex,
                @Nullable String image,
                int attempt,
                Task task,
                Instant timestamp) {
            this(
                    commandId,
                    queueId,
                    target,
                    subject,
                    kafkaTopic,
                    telemetryId,
                    vertex,
                    image,
                    attempt,
                    task,
                    timestamp,
                    null);
        }

        @Override
        public String word() {
            return "start";
        }

        /** The same command to one of several workers that share the task. */
        public Start withTelemetryId(String id) {
            return new Start(
                    commandId,
                    queueId,
                    target,
                    subject,
                    kafkaTopic,
                    id,
                    vertex,
                    image,
                    attempt,
                    task,
                    timestamp,
                    traceparent);
        }
    }

    /**
     * Finish: the input is complete up to these offsets.
     *
     * @param endOffsets per partition of the input topic, exclusive
     */
    record Drain(
            String commandId,
            String queueId,
            String vertex,
            int attempt,
            Map<Integer, Long> endOffsets,

            @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class)
            Instant timestamp)
            implements Command {
        @Override
        public String word() {
            return "drain";
        }
    }

    /** Stop reading and writing but stay alive. */
    record Pause(
            String commandId,
            String queueId,
            String vertex,
            int attempt,

            @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class)
            Instant timestamp)
            implements Command {
        @Override
        public String word() {
            return "pause";
        }
    }

    /** Go on after a pause. */
    record Resume(
            String commandId,
            String queueId,
            String vertex,
            int attempt,

            @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class)
            Instant timestamp)
            implements Command {
        @Override
        public String word() {
            return "resume";
        }
    }

    /** Commit what can be committed and end; whoever is still there after the deadline is killed by its launcher. */
    record Stop(
            String commandId,
            String queueId,
            String vertex,
            int attempt,

            @JsonSerialize(using = EpochSeconds.Writer.class) @JsonDeserialize(using = EpochSeconds.Reader.class)
            Instant timestamp)
            implements Command {
        @Override
        public String word() {
            return "stop";
        }
    }
}
