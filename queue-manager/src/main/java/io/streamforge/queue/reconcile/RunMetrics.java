package io.streamforge.queue.reconcile;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.streamforge.queue.run.Report;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.Vertex;
import io.streamforge.telemetry.Metric;
import io.streamforge.telemetry.Scrape;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Prometheus is told of the runs, by the queue-manager that leads. There are series of runs that were admitted and are not
 * over, so there are never more than admission allows, and they go away when the run has ended.
 */
final class RunMetrics {

    private static final double MILLIS = 1000;

    private final RunBook runs;
    private final ControlTally tally;
    private final BrokerWatch watch;
    private final Leadership leadership;
    private final Clock clock;

    RunMetrics(RunBook runs, ControlTally tally, BrokerWatch watch, Leadership leadership, Clock clock) {
        this.runs = runs;
        this.tally = tally;
        this.watch = watch;
        this.leadership = leadership;
        this.clock = clock;
    }

    MultiCollector collector() {
        return Scrape.collector(this::tell);
    }

    private void tell(Scrape scrape) {
        List<Run> active = runs.active();
        for (String state : RunState.UNDER_WAY) {
            long number = active.stream()
                    .filter(run -> run.state().label().equals(state))
                    .count();
            scrape.add(Metric.RUNS, number, state);
        }
        control(scrape);
        active.stream().filter(run -> run.state().admitted()).forEach(run -> run(scrape, run));
    }

    private void control(Scrape scrape) {
        runs.ended().forEach((state, number) -> scrape.add(Metric.RUNS_ENDED, number, state));
        scrape.add(Metric.LEADER, leadership.leads() ? 1 : 0);
        scrape.add(Metric.BROKER_UP, watch.up() ? 1 : 0);
        scrape.add(Metric.EVENTS, tally.events());
        scrape.add(Metric.EVENT_DELAY, tally.delays());
        scrape.add(Metric.RECONCILE_SECONDS, tally.passes());
        scrape.add(Metric.RECONCILE_FAILURES, tally.failures());
        age(scrape, Metric.RECONCILE_AGE, tally.lookedAt());
    }

    private void run(Scrape scrape, Run run) {
        RunState state = run.state();
        scrape.add(Metric.RUN_STATE_SECONDS, seconds(state.since()), run.workflow(), run.queueId(), state.label());
        for (Vertex vertex : run.vertices()) {
            vertex(scrape, vertex, run.workflow(), run.queueId(), vertex.name(), vertex.worker());
        }
    }

    private void vertex(Scrape scrape, Vertex vertex, String... labels) {
        Report report = vertex.report();
        Report.Counters counters = report == null ? Report.Counters.ZERO : report.counters();
        scrape.add(Metric.RUN_RECORDS_READ, counters.read(), labels);
        scrape.add(Metric.RUN_RECORDS_WRITTEN, counters.written(), labels);
        scrape.add(Metric.RUN_RECORDS_FILTERED, counters.filtered(), labels);
        scrape.add(Metric.RUN_RECORDS_REJECTED, counters.rejected(), labels);
        scrape.add(Metric.RUN_BYTES, counters.bytes(), labels);
        scrape.add(Metric.RUN_RESTARTS, vertex.restarts().total(), labels);
        if (report == null) {
            return;
        }
        if (report.lag() >= 0) {
            scrape.add(Metric.RUN_LAG_RECORDS, report.lag(), labels);
        }
        age(scrape, Metric.RUN_POSITION_AGE, report.lastCommitAt(), labels);
        age(scrape, Metric.RUN_PROGRESS_AGE, report.progressAt(), labels);
        age(scrape, Metric.RUN_REPORT_AGE, report.seenAt(), labels);
    }

    private void age(Scrape scrape, Metric metric, @Nullable Instant since, String... labels) {
        if (since != null) {
            scrape.add(metric, seconds(since), labels);
        }
    }

    private double seconds(Instant since) {
        return Math.max(0, Duration.between(since, clock.instant()).toMillis() / MILLIS);
    }
}
