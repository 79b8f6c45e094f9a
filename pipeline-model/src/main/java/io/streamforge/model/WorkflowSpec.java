package io.streamforge.model;

import io.streamforge.messages.Ids;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.messages.Task.MaxLag;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A workflow whose structure is right; whether its components exist and fit is another matter.
 *
 * @param name {@code [a-z0-9][a-z0-9_-]*}, at most {@link io.streamforge.messages.Ids#MAX_WORKFLOW_NAME} characters
 * @param subject what a templated workflow is about, {@link Subject#NONE} otherwise
 * @param operators in the order rows pass them
 * @param from where a new run begins, as written; {@link #begin} knows the connectors' defaults
 * @param progressTimeout a worker that gets no further for so long is restarted
 * @param retention how long the topics of a run stay after its end; dead letters stay {@link Errors#keep}
 * @param priority runs of higher priority are admitted first
 * @param placement what the workers' pods are to be like, where workers are pods
 * @param document the whole file as it was written (after parameters were put in), from which {@link WorkflowParser#ofDocument} makes this again
 */
public record WorkflowSpec(
        String name,
        @Nullable String description,
        Subject subject,
        Mode mode,
        Endpoint source,
        List<Operation> operators,
        List<Endpoint> sinks,
        Restart restart,
        Errors errors,
        Resources resources,
        MaxLag maxLag,
        Task.Format format,
        Task.From from,
        Duration progressTimeout,
        Duration retention,
        int priority,
        Placement placement,
        Map<String, Object> document) {

    public WorkflowSpec {
        operators = List.copyOf(operators);
        sinks = List.copyOf(sinks);
    }

    /**
     * Where a new run begins: what is written, otherwise {@code last}; {@code fresh} when a sink replaces its target, because
     * replacing it by what is new since the last run would lose the rest.
     */
    public Task.From begin(ConnectorDescriptors connectors) {
        return !document.containsKey("from") && sinks.stream().anyMatch(connectors::replaces) ? Task.From.FRESH : from;
    }

    /**
     * A new queue id: named after the subject's symbol and type and its first day, where it has them, otherwise after the workflow
     * and today.
     */
    public String queueId(LocalDate today, RandomGenerator random) {
        String range = subject.timeRange();
        String about =
                subject.symbol() == null || subject.type() == null ? name : subject.symbol() + "-" + subject.type();
        return Ids.queueId(about, range == null ? today : DateRange.parse(range).from(), random);
    }

    /** Whether the source ends by itself. */
    public enum Mode {
        BATCH,
        STREAMING
    }

    /**
     * A configured use of a connector.
     *
     * @param path where it stands in the document
     */
    public record Endpoint(String path, String connector, Map<String, Object> options) {}

    /**
     * An operator and what stands beside its name.
     *
     * @param path where its configuration stands in the document
     */
    public record Operation(String path, String name, Object configuration) {

        /** As tasks carry it. */
        public Map<String, Object> asMap() {
            return Map.of(name, configuration);
        }
    }

    /** What happens after a vertex has failed with an error that may pass, or was lost. */
    public sealed interface Restart {

        /** The run fails at once. */
        record None() implements Restart {}

        record FixedDelay(Duration delay, int maxAttempts) implements Restart {}

        /**
         * @param maxAttempts in a row without progress in between
         */
        record ExponentialBackoff(Duration initialDelay, Duration maxDelay, double multiplier, int maxAttempts)
                implements Restart {}

        /** Gives up after more than {@code maxFailures} within {@code interval}. */
        record FailureRate(int maxFailures, Duration interval, Duration delay) implements Restart {}
    }

    /**
     * @param maxRatio of rejected to read rows, 0 to 1; above it the run fails
     * @param keep how long dead letters stay after the run
     */
    public record Errors(Task.Rejected rejected, double maxRatio, Duration keep) {}

    /**
     * @param parallelism workers per vertex at most
     * @param partitions per topic; as many as the parallelism unless written
     * @param memory bytes of heap per worker; null leaves it to the launcher
     * @param cpu cores per worker, such as {@code 500m} or {@code 2}; null leaves it to the launcher
     */
    public record Resources(
            int parallelism,
            int partitions,
            @Nullable Long memory,
            @Nullable String cpu) {}
}
