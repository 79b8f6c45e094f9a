package io.streamforge.worker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.util.function.ToDoubleFunction;

/** What a worker can be asked for by Prometheus: the numbers of its events, and those of its process. */
final class WorkerMetrics {

    private WorkerMetrics() {}

    static void bind(Worker worker, MeterRegistry registry) {
        counter(worker, registry, "streamforge.records.read", "Rows read, committed", Snapshot::read);
        counter(worker, registry, "streamforge.records.written", "Rows written, committed", Snapshot::written);
        counter(worker, registry, "streamforge.records.filtered", "Rows that operators left out", Snapshot::filtered);
        counter(worker, registry, "streamforge.records.rejected", "Rows that were rejected", Snapshot::rejected);
        counter(worker, registry, "streamforge.bytes", "Bytes of rows written", Snapshot::bytes);
        Gauge.builder("streamforge.lag", worker, w -> w.snapshot().lag())
                .description("Records to the end of the input, -1 without input")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    private static void counter(
            Worker worker, MeterRegistry registry, String name, String description, ToDoubleFunction<Snapshot> value) {
        FunctionCounter.builder(name, worker, w -> value.applyAsDouble(w.snapshot()))
                .description(description)
                .register(registry);
    }
}
