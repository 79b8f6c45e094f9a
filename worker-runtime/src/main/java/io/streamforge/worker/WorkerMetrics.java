package io.streamforge.worker;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.streamforge.messages.Command;
import io.streamforge.telemetry.Metric;
import io.streamforge.telemetry.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Supplier;

/** What Prometheus is told of the workers of a process: nothing of one before it has its command, nor after it was forgotten. */
public final class WorkerMetrics {

    private static final double MILLIS = 1000;

    private WorkerMetrics() {}

    /** @param workers those that are there when Prometheus asks */
    public static MultiCollector collector(Supplier<? extends Collection<Worker>> workers) {
        return Scrape.collector(scrape -> workers.get().forEach(worker -> tell(scrape, worker)));
    }

    private static void tell(Scrape scrape, Worker worker) {
        worker.session().ifPresent(session -> {
            Command.Start start = session.start();
            String[] labels = {start.task().workflow(), start.queueId(), start.vertex(), start.telemetryId()};
            progress(scrape, session.snapshot(), labels);
            tally(scrape, session.tally(), labels);
            scrape.add(Metric.READY, worker.pulse().isReady() ? 1 : 0, labels);
            session.measures().forEach((measure, value) -> {
                scrape.add(Metric.SOURCE_MEASURE, value, labels[0], labels[1], labels[2], labels[3], measure);
            });
        });
    }

    private static void progress(Scrape scrape, Snapshot snapshot, String... labels) {
        scrape.add(Metric.RECORDS_READ, snapshot.read(), labels);
        scrape.add(Metric.RECORDS_WRITTEN, snapshot.written(), labels);
        scrape.add(Metric.RECORDS_FILTERED, snapshot.filtered(), labels);
        scrape.add(Metric.RECORDS_REJECTED, snapshot.rejected(), labels);
        scrape.add(Metric.BYTES, snapshot.bytes(), labels);
        if (snapshot.lag() >= 0) {
            scrape.add(Metric.LAG_RECORDS, snapshot.lag(), labels);
        }
        Instant last = snapshot.lastCommitAt();
        if (last != null) {
            scrape.add(
                    Metric.POSITION_AGE, Duration.between(last, Instant.now()).toMillis() / MILLIS, labels);
        }
    }

    private static void tally(Scrape scrape, Tally tally, String... labels) {
        scrape.add(Metric.BATCHES, tally.batches(), labels);
        scrape.add(Metric.RETRIES, tally.retries(), labels);
        scrape.add(Metric.DEAD_LETTERS, tally.letters(), labels);
        scrape.add(Metric.WRITE_SECONDS, tally.writes(), labels);
        scrape.add(Metric.END_TO_END_SECONDS, tally.ages(), labels);
    }
}
