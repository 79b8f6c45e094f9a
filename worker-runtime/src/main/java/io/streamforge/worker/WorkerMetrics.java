package io.streamforge.worker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What a worker can be asked for by Prometheus: the numbers of its events, what its source measures, and those of its process. */
final class WorkerMetrics {

    private final Worker worker;
    private final PrometheusMeterRegistry registry;
    private final MultiGauge source;

    WorkerMetrics(Worker worker, PrometheusMeterRegistry registry) {
        this.worker = worker;
        this.registry = registry;
        counter("streamforge.records.read", "Rows read, committed", Snapshot::read);
        counter("streamforge.records.written", "Rows written, committed", Snapshot::written);
        counter("streamforge.records.filtered", "Rows that operators left out", Snapshot::filtered);
        counter("streamforge.records.rejected", "Rows that were rejected", Snapshot::rejected);
        counter("streamforge.bytes", "Bytes of rows written", Snapshot::bytes);
        Gauge.builder("streamforge.lag", worker, w -> w.snapshot().lag())
                .description("Records to the end of the input, -1 without input")
                .register(registry);
        source = MultiGauge.builder("streamforge.source")
                .description("What the source measures of its system, such as the log that is kept for it")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** The numbers of now, in the text format of Prometheus. */
    String scrape() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        worker.measures().forEach((name, value) -> rows.add(MultiGauge.Row.of(Tags.of("measure", name), value)));
        source.register(rows, true);
        return registry.scrape();
    }

    private void counter(String name, String description, ToDoubleFunction<Snapshot> value) {
        FunctionCounter.builder(name, worker, w -> value.applyAsDouble(w.snapshot()))
                .description(description)
                .register(registry);
    }
}
