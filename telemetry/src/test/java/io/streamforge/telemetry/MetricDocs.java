package io.streamforge.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page docs/metrics.md. */
final class MetricDocs {

    private static final String HEAD = """
            <!-- Made from the catalogue Metric by MetricDocsTest (-Ddocs.write=true); changes belong there. -->
            # Metrics

            Every process answers Prometheus at `/actuator/prometheus`: queue-manager and dummy-service on the port of their API, a worker on its health port
            (`STREAMFORGE_HEALTH_PORT`, 8081 in a pod). Workers that run in queue-manager's process are told with its own. The command line's server listens to this machine
            alone and answers it without the token; elsewhere queue-manager wants the token ([observability](observability.md)).

            What begins with `streamforge_` is below, and nothing else does; beside it stand the series of the JVM (`jvm_*`, `process_*`, `system_*`) and, of
            queue-manager and dummy-service, of HTTP (`http_server_requests_seconds_*`). Names and labels are a contract: they are added to, and not changed.

            Counters of rows and bytes are those of the **run**, as far as they are committed: a worker that is started again goes on where the last attempt stood. What a process
            counts for itself (batches, retries, dead letters, histograms) begins at 0 with it. A histogram has the buckets `_bucket{le}` from 1 ms to 5 min, `_sum` and `_count`.

            **How many series there are.** Labels have values that were admitted, never values from data: a run has a `queue_id`, a vertex a name of the workflow file. queue-manager
            tells of runs that were admitted and are not over, so with the defaults (20 runs and 200 workers at once) of at most 20 × 1 + 200 × 10 series and about 80 of its
            own; a worker tells of itself, about 50. Series of an ended run go with it: a scrape is made anew each time. Only the queue-manager that leads tells of runs.
            """;

    private MetricDocs() {}

    static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Metric.Of of : Metric.Of.values()) {
            page.append("%n## Of %s%n%n".formatted(of.text()));
            page.append(of.labels().isEmpty() ? "" : "Labels: `%s`.%n%n".formatted(String.join("`, `", of.labels())));
            page.append("| metric | kind | |\n|---|---|---|\n");
            for (Metric metric : Metric.values()) {
                if (metric.of() == of) {
                    page.append(row(metric));
                }
            }
        }
        return page.toString();
    }

    private static String row(Metric metric) {
        List<String> own = new ArrayList<>(metric.labels());
        own.removeAll(metric.of().labels());
        String labels = own.isEmpty() ? "" : "{" + String.join(", ", own) + "}";
        return "| `%s%s` | %s | %s |%n"
                .formatted(metric.exposed(), labels, metric.kind().name().toLowerCase(Locale.ROOT), metric.help());
    }
}
