package io.streamforge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScrapeTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private String scraped(Consumer<Scrape> source) {
        registry.getPrometheusRegistry().register(Scrape.collector(source));
        return registry.scrape();
    }

    @Test
    void shouldTellCountersGaugesAndHistogramsUnderTheNamesOfTheCatalogue() {
        // given
        Distribution durations = new Distribution();
        durations.add(Duration.ofMillis(7));
        durations.add(Duration.ofMillis(10));
        durations.add(Duration.ofHours(1));

        // when
        String text = scraped(scrape -> {
            scrape.add(Metric.RUN_RECORDS_READ, 12, "shop", "wf-1", "source", "loader-producer");
            scrape.add(Metric.RUNS, 3, "running");
            scrape.add(Metric.RUNS, 0, "paused");
            scrape.add(Metric.RECONCILE_SECONDS, durations);
        });

        // then
        assertThat(text)
                .contains("# TYPE streamforge_run_records_read_total counter")
                .contains(
                        "streamforge_run_records_read_total{queue_id=\"wf-1\",vertex=\"source\",worker=\"loader-producer\",workflow=\"shop\"} 12")
                .contains("streamforge_runs{state=\"running\"} 3")
                .contains("streamforge_runs{state=\"paused\"} 0")
                .contains("streamforge_reconcile_seconds_bucket{le=\"0.005\"} 0")
                .contains("streamforge_reconcile_seconds_bucket{le=\"0.01\"} 2")
                .contains("streamforge_reconcile_seconds_bucket{le=\"300.0\"} 2")
                .contains("streamforge_reconcile_seconds_bucket{le=\"+Inf\"} 3")
                .contains("streamforge_reconcile_seconds_count 3");
    }

    @Test
    void shouldForgetASeriesThatIsNotToldAnyMore() {
        // given
        AtomicReference<String> run = new AtomicReference<>("wf-1");
        scraped(scrape -> scrape.add(Metric.RUN_STATE_SECONDS, 1, "shop", run.get(), "running"));

        // when
        run.set("wf-2");

        // then
        assertThat(registry.scrape()).contains("wf-2").doesNotContain("wf-1");
    }

    @Test
    void shouldRefuseASeriesWithoutItsLabels() {
        assertThatThrownBy(() -> scraped(scrape -> scrape.add(Metric.RUNS, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNameEveryMetricOnceAndByOneScheme() {
        Set<String> names = new HashSet<>();

        assertThat(Metric.values()).allSatisfy(metric -> {
            assertThat(names.add(metric.exposed())).as(metric.exposed()).isTrue();
            assertThat(metric.exposed()).matches("streamforge(_[a-z]+)+");
            assertThat(metric.base()).doesNotEndWith("_total");
            assertThat(metric.help()).isNotBlank().doesNotEndWith(".").doesNotContain("|");
        });
        assertThat(Arrays.stream(Metric.values()).map(Metric::kind)).contains(Metric.Kind.values());
    }
}
