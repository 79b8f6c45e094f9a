package io.streamforge.queue.workflow;

import io.streamforge.messages.Task;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.OperatorCatalog;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.model.WorkflowSpec.Restart;
import io.streamforge.queue.run.Origin;
import io.streamforge.queue.run.RestartPolicy;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Terms;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes runs of workflows. */
public final class NewRuns {

    private final ConnectorDescriptors connectors;
    private final OperatorCatalog operators;
    private final Clock clock;
    private final RandomGenerator random;

    public NewRuns(ConnectorDescriptors connectors, OperatorCatalog operators, Clock clock, RandomGenerator random) {
        this.connectors = connectors;
        this.operators = operators;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What whoever starts a run may say.
     *
     * @param from null for what the workflow says
     * @param priority null for what the workflow says
     * @param traceparent the request in a trace, as W3C Trace Context writes it; null when it is in none
     */
    public record Wish(
            Task.@Nullable From from,
            @Nullable Integer priority,
            String actor,
            @Nullable String traceparent) {

        /** In no trace. */
        public Wish(Task.@Nullable From from, @Nullable Integer priority, String actor) {
            this(from, priority, actor, null);
        }

        public Wish tracedBy(@Nullable String request) {
            return new Wish(from, priority, actor, request);
        }
    }

    Run of(Workflow workflow, Wish wish) {
        WorkflowSpec spec = Definitions.stored(workflow.spec());
        Instant now = clock.instant();
        Task.From from = wish.from();
        Integer priority = wish.priority();
        Origin origin = new Origin(
                workflow.name(),
                workflow.version(),
                workflow.spec(),
                workflow.subject(),
                from == null ? spec.begin(connectors) : from,
                priority == null ? spec.priority() : priority,
                terms(spec),
                wish.actor(),
                now,
                null,
                wish.traceparent());
        return Run.pending(spec.queueId(LocalDate.ofInstant(now, ZoneOffset.UTC), random), origin);
    }

    /** A run that writes again what another has rejected, to the targets of that one. */
    Run replay(Run rejecting, String actor) {
        Origin origin = rejecting.origin();
        WorkflowSpec spec = Definitions.stored(origin.spec());
        Terms terms = origin.terms();
        Instant now = clock.instant();
        Origin replay = new Origin(
                origin.workflow(),
                origin.workflowVersion(),
                origin.spec(),
                origin.subject(),
                origin.from(),
                origin.priority(),
                new Terms(
                        spec.sinks().size(),
                        true,
                        terms.restart(),
                        terms.progressTimeout(),
                        terms.keepTopics(),
                        terms.keepRejected(),
                        terms.memory()),
                actor,
                now,
                rejecting.queueId(),
                null);
        return Run.pending(spec.queueId(LocalDate.ofInstant(now, ZoneOffset.UTC), random), replay);
    }

    private Terms terms(WorkflowSpec spec) {
        Long memory = spec.resources().memory();
        WorkflowSpec.Resources resources = spec.resources();
        int perConsumer = Math.min(resources.parallelism(), resources.partitions());
        int consumers = operators.stages(spec) + spec.sinks().size();
        return new Terms(
                resources.parallelism() + consumers * perConsumer,
                spec.mode() == WorkflowSpec.Mode.BATCH,
                policy(spec.restart()),
                spec.progressTimeout(),
                spec.retention(),
                spec.errors().keep(),
                memory == null ? 0 : memory);
    }

    private static RestartPolicy policy(Restart restart) {
        if (restart instanceof Restart.FixedDelay fixed) {
            return new RestartPolicy.FixedDelay(fixed.delay(), fixed.maxAttempts());
        }
        if (restart instanceof Restart.ExponentialBackoff backoff) {
            return new RestartPolicy.ExponentialBackoff(
                    backoff.initialDelay(), backoff.maxDelay(), backoff.multiplier(), backoff.maxAttempts());
        }
        if (restart instanceof Restart.FailureRate rate) {
            return new RestartPolicy.FailureRate(rate.maxFailures(), rate.interval(), rate.delay());
        }
        return new RestartPolicy.None();
    }
}
