package io.streamforge.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The series of a process at one moment. */
public final class Scrape {

    private record Value(Labels labels, double value) {}

    private record Durations(Labels labels, Distribution.State state) {}

    private final Map<Metric, List<Value>> values = new EnumMap<>(Metric.class);
    private final Map<Metric, List<Durations>> durations = new EnumMap<>(Metric.class);

    private Scrape() {}

    /** Asks the source whenever Prometheus asks; the source is called by any thread. */
    public static MultiCollector collector(Consumer<Scrape> source) {
        return () -> {
            Scrape scrape = new Scrape();
            source.accept(scrape);
            return scrape.snapshots();
        };
    }

    /** @param labels values of the metric's labels, in their order */
    public void add(Metric metric, double value, String... labels) {
        values.computeIfAbsent(metric, none -> new ArrayList<>()).add(new Value(labels(metric, labels), value));
    }

    /** @param labels values of the metric's labels, in their order */
    public void add(Metric metric, long value, String... labels) {
        add(metric, (double) value, labels);
    }

    /** @param labels values of the metric's labels, in their order */
    public void add(Metric metric, Distribution distribution, String... labels) {
        durations
                .computeIfAbsent(metric, none -> new ArrayList<>())
                .add(new Durations(labels(metric, labels), distribution.state()));
    }

    private static Labels labels(Metric metric, String... labels) {
        return Labels.of(metric.labels(), List.of(labels));
    }

    private MetricSnapshots snapshots() {
        List<MetricSnapshot> all = new ArrayList<>();
        values.forEach((metric, series) -> all.add(snapshot(metric, series)));
        durations.forEach((metric, series) -> all.add(histogram(metric, series)));
        return new MetricSnapshots(all);
    }

    private static MetricSnapshot snapshot(Metric metric, List<Value> series) {
        MetricMetadata metadata = metadata(metric);
        return metric.kind() == Metric.Kind.COUNTER
                ? new CounterSnapshot(
                        metadata,
                        series.stream()
                                .map(one -> new CounterDataPointSnapshot(one.value(), one.labels(), null, 0L))
                                .toList())
                : new GaugeSnapshot(
                        metadata,
                        series.stream()
                                .map(one -> new GaugeDataPointSnapshot(one.value(), one.labels(), null))
                                .toList());
    }

    private static MetricSnapshot histogram(Metric metric, List<Durations> series) {
        return new HistogramSnapshot(
                metadata(metric),
                series.stream()
                        .map(one -> new HistogramDataPointSnapshot(
                                one.state().buckets(), one.state().sum(), one.labels(), Exemplars.EMPTY, 0L))
                        .toList());
    }

    private static MetricMetadata metadata(Metric metric) {
        return new MetricMetadata(metric.base(), metric.help());
    }
}
