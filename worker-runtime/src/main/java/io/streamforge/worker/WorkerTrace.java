package io.streamforge.worker;

import io.streamforge.messages.Command;
import io.streamforge.telemetry.Span;
import io.streamforge.telemetry.SpanExporter;
import io.streamforge.telemetry.TraceContext;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker's span in the trace of its run: from its start command to its end. Nothing, when the run is not traced. */
final class WorkerTrace {

    private static final String SERVICE = "streamforge-worker";

    private final Command.Start start;
    private final Optional<TraceContext> parent;
    private final Optional<TraceContext> own;
    private final @Nullable URI collector;
    private final Instant begin = Instant.now();

    /** @param collector where spans go; null when they are not kept */
    WorkerTrace(Command.Start start, @Nullable URI collector) {
        this.start = start;
        this.collector = collector;
        parent = TraceContext.parse(start.traceparent()).filter(TraceContext::sampled);
        own = parent.map(TraceContext::child);
    }

    /** What the worker's events carry; null when it is not traced. */
    @Nullable String traceparent() {
        return own.map(TraceContext::traceparent).orElse(null);
    }

    void ended(WorkerResult result) {
        if (collector == null || own.isEmpty() || parent.isEmpty()) {
            return;
        }
        try (SpanExporter exporter = new SpanExporter(collector, SERVICE)) {
            exporter.export(new Span(
                    own.get(),
                    parent.get().spanId(),
                    "worker " + start.vertex(),
                    Span.Kind.CONSUMER,
                    begin,
                    Instant.now(),
                    Map.of(
                            "queue_id", start.queueId(),
                            "vertex", start.vertex(),
                            "telemetry_id", start.telemetryId(),
                            "attempt", String.valueOf(start.attempt())),
                    result.error()
                            .map(error -> error.code() + ": " + error.message())
                            .orElse(null)));
        }
    }
}
