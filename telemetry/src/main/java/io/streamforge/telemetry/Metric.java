package io.streamforge.telemetry;

import java.util.List;

/**
 * The catalogue of metrics: every series whose name begins with {@code streamforge_} is one of these. Names are a contract with
 * dashboards, rules and whoever wrote some of their own; {@code docs/metrics.md} is made from them.
 */
public enum Metric {
    RECORDS_READ(Kind.COUNTER, Of.WORKER, "streamforge_records_read", "Rows read, committed"),
    RECORDS_WRITTEN(Kind.COUNTER, Of.WORKER, "streamforge_records_written", "Rows written, committed"),
    RECORDS_FILTERED(Kind.COUNTER, Of.WORKER, "streamforge_records_filtered", "Rows that operators left out"),
    RECORDS_REJECTED(Kind.COUNTER, Of.WORKER, "streamforge_records_rejected", "Rows that were rejected"),
    BYTES(Kind.COUNTER, Of.WORKER, "streamforge_bytes", "Bytes of rows written"),
    BATCHES(
            Kind.COUNTER,
            Of.WORKER,
            "streamforge_batches",
            "Commits of this process: transactions of a source or a stage, batches of a sink"),
    RETRIES(
            Kind.COUNTER,
            Of.WORKER,
            "streamforge_retries",
            "Failures that this process waited out before it tried again"),
    DEAD_LETTERS(Kind.COUNTER, Of.WORKER, "streamforge_dead_letters", "Dead letters that this process wrote"),
    LAG_RECORDS(
            Kind.GAUGE,
            Of.WORKER,
            "streamforge_lag_records",
            "Records to the end of the input; absent without an input topic"),
    POSITION_AGE(
            Kind.GAUGE,
            Of.WORKER,
            "streamforge_position_age_seconds",
            "Seconds since the last commit; absent before the first one"),
    READY(Kind.GAUGE, Of.WORKER, "streamforge_worker_ready", "1 when rows can flow, 0 before"),
    WRITE_SECONDS(Kind.HISTOGRAM, Of.WORKER, "streamforge_write_seconds", "Time a target took to write a batch"),
    END_TO_END_SECONDS(
            Kind.HISTOGRAM,
            Of.WORKER,
            "streamforge_end_to_end_seconds",
            "Age, by the source's clock, of the oldest row of a batch when its target had it; rows older than a day are history and not counted"),
    SOURCE_MEASURE(
            Kind.GAUGE,
            Of.WORKER,
            "streamforge_source_measure",
            "What a source measures of its system, such as the bytes of log that are kept for it",
            "measure"),

    RUNS(Kind.GAUGE, Of.MANAGER, "streamforge_runs", "Runs that are not over", "state"),
    RUNS_ENDED(Kind.COUNTER, Of.MANAGER, "streamforge_runs_ended", "Runs that this process has seen end", "state"),
    LEADER(Kind.GAUGE, Of.MANAGER, "streamforge_leader", "1 when this queue-manager leads"),
    BROKER_UP(Kind.GAUGE, Of.MANAGER, "streamforge_broker_up", "1 when the broker answers"),
    EVENTS(Kind.COUNTER, Of.MANAGER, "streamforge_events", "Events of workers that were taken in"),
    EVENT_DELAY(
            Kind.HISTOGRAM,
            Of.MANAGER,
            "streamforge_event_delay_seconds",
            "Time from a worker's saying something to its being taken in"),
    RECONCILE_SECONDS(Kind.HISTOGRAM, Of.MANAGER, "streamforge_reconcile_seconds", "Duration of a pass over a run"),
    RECONCILE_FAILURES(
            Kind.COUNTER,
            Of.MANAGER,
            "streamforge_reconcile_failures",
            "Passes that were cut short, because store, broker or launcher did not do what they were asked"),
    RECONCILE_AGE(
            Kind.GAUGE,
            Of.MANAGER,
            "streamforge_reconcile_age_seconds",
            "Seconds since the reconciler last looked at all runs; absent where it does not lead"),

    RUN_STATE_SECONDS(
            Kind.GAUGE, Of.RUN, "streamforge_run_state_seconds", "Seconds that a run has been in its state", "state"),

    RUN_RECORDS_READ(
            Kind.COUNTER, Of.VERTEX, "streamforge_run_records_read", "Rows read in the run, over all attempts"),
    RUN_RECORDS_WRITTEN(
            Kind.COUNTER, Of.VERTEX, "streamforge_run_records_written", "Rows written in the run, over all attempts"),
    RUN_RECORDS_FILTERED(
            Kind.COUNTER, Of.VERTEX, "streamforge_run_records_filtered", "Rows that operators left out of the run"),
    RUN_RECORDS_REJECTED(
            Kind.COUNTER, Of.VERTEX, "streamforge_run_records_rejected", "Rows that were rejected in the run"),
    RUN_BYTES(Kind.COUNTER, Of.VERTEX, "streamforge_run_bytes", "Bytes of rows written in the run"),
    RUN_RESTARTS(Kind.COUNTER, Of.VERTEX, "streamforge_run_restarts", "Workers of the vertex that failed or were lost"),
    RUN_LAG_RECORDS(
            Kind.GAUGE,
            Of.VERTEX,
            "streamforge_run_lag_records",
            "Records to the end of the input, as last reported; absent without an input topic"),
    RUN_POSITION_AGE(
            Kind.GAUGE,
            Of.VERTEX,
            "streamforge_run_position_age_seconds",
            "Seconds since the vertex last committed; absent before"),
    RUN_PROGRESS_AGE(
            Kind.GAUGE,
            Of.VERTEX,
            "streamforge_run_progress_age_seconds",
            "Seconds since the vertex last got further or had caught up"),
    RUN_REPORT_AGE(
            Kind.GAUGE,
            Of.VERTEX,
            "streamforge_run_report_age_seconds",
            "Seconds since the vertex's worker last said something");

    /** How a metric behaves in Prometheus. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** Who tells, and the labels by which their series differ. */
    public enum Of {
        WORKER("a worker, in its own process or in queue-manager's", "workflow queue_id vertex telemetry_id"),
        MANAGER("queue-manager", ""),
        RUN("queue-manager, of each run that was admitted and is not over", "workflow queue_id"),
        VERTEX(
                "queue-manager, of each vertex of such a run, as its workers report it",
                "workflow queue_id vertex worker");

        private final String text;
        private final String labels;

        Of(String text, String labels) {
            this.text = text;
            this.labels = labels;
        }

        /** Who tells, in words. */
        public String text() {
            return text;
        }

        public List<String> labels() {
            return words(labels);
        }
    }

    private final Kind kind;
    private final Of of;
    private final String base;
    private final String help;
    private final String labels;

    Metric(Kind kind, Of of, String base, String help) {
        this(kind, of, base, help, "");
    }

    Metric(Kind kind, Of of, String base, String help, String own) {
        this.kind = kind;
        this.of = of;
        this.base = base;
        this.help = help;
        labels = of.labels + " " + own;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" "));
    }

    public Kind kind() {
        return kind;
    }

    public Of of() {
        return of;
    }

    /** The name without the ending that its kind gives it. */
    String base() {
        return base;
    }

    /** The name of its series in Prometheus; of a histogram, what {@code _bucket}, {@code _sum} and {@code _count} are put behind. */
    public String exposed() {
        return kind == Kind.COUNTER ? base + "_total" : base;
    }

    public String help() {
        return help;
    }

    /** Names of the labels, those of who tells before its own. */
    public List<String> labels() {
        return words(labels);
    }
}
