package io.streamforge.queue.trace;

import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.telemetry.Span;
import io.streamforge.telemetry.SpanExporter;
import io.streamforge.telemetry.TraceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Traces from a request to the run it made; off without an exporter. What a caller has sampled is sampled, of the rest a share is. */
public final class Tracing implements AutoCloseable {

    private static final int SPAN_BYTES = 8;

    private final @Nullable SpanExporter exporter;
    private final double ratio;
    private final Clock clock;

    /**
     * @param exporter null for no traces
     * @param ratio share of the requests without a trace that begin one, 0 to 1
     */
    public Tracing(@Nullable SpanExporter exporter, double ratio, Clock clock) {
        this.exporter = exporter;
        this.ratio = ratio;
        this.clock = clock;
    }

    /**
     * Answers a request in a span of its own.
     *
     * @param traceparent what the caller said, null when nothing
     * @param work is given the traceparent of what it begins, null when the request is not traced
     */
    public <T> T request(String name, @Nullable String traceparent, Function<@Nullable String, T> work) {
        Optional<TraceContext> caller = TraceContext.parse(traceparent);
        boolean sampled = exporter != null
                && caller.map(TraceContext::sampled)
                        .orElseGet(() -> ThreadLocalRandom.current().nextDouble() < ratio);
        if (!sampled) {
            return work.apply(null);
        }
        TraceContext context = caller.map(TraceContext::child).orElseGet(() -> TraceContext.root(true));
        String parent = caller.map(TraceContext::spanId).orElse(null);
        Instant begin = clock.instant();
        String error = null;
        try {
            return work.apply(context.traceparent());
        } catch (RuntimeException e) {
            error = String.valueOf(e.getMessage());
            throw e;
        } finally {
            export(new Span(context, parent, name, Span.Kind.SERVER, begin, clock.instant(), Map.of(), error));
        }
    }

    /** Where a run stands in the trace of the request that made it; empty when that was not traced. */
    public static Optional<TraceContext> of(Run run) {
        return TraceContext.parse(run.origin().traceparent())
                .map(request -> new TraceContext(request.traceId(), spanId(run.queueId()), request.sampled()));
    }

    /** The run has ended: its span is complete. */
    public void ended(Run run) {
        TraceContext request = TraceContext.parse(run.origin().traceparent()).orElse(null);
        TraceContext context = of(run).orElse(null);
        if (request == null || context == null) {
            return;
        }
        RunState state = run.state();
        export(new Span(
                context,
                request.spanId(),
                "run " + run.workflow(),
                Span.Kind.INTERNAL,
                run.origin().createdAt(),
                state.since(),
                Map.of("queue_id", run.queueId(), "workflow", run.workflow(), "state", state.label()),
                state instanceof RunState.Failed failed ? failed.error().message() : null));
    }

    private void export(Span span) {
        if (exporter != null) {
            exporter.export(span);
        }
    }

    /** The same for every queue-manager that asks, so that it need not be stored. */
    private static String spanId(String queueId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(queueId.getBytes(StandardCharsets.UTF_8));
            digest[SPAN_BYTES - 1] |= 1;
            return HexFormat.of().formatHex(digest, 0, SPAN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public void close() {
        if (exporter != null) {
            exporter.close();
        }
    }
}
