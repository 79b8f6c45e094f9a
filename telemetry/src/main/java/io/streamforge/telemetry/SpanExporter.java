package io.streamforge.telemetry;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON. Spans are worth less than the work they tell of: nobody waits for them
 * but {@link #close}, for a moment; those that cannot be delivered, or are too many at once, are gone.
 */
public final class SpanExporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SpanExporter.class);
    private static final int AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int FAILED = 2;
    private static final long NANOS = 1_000_000_000L;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final URI traces;
    private final String service;

    /**
     * @param endpoint of the collector, such as {@code http://collector:4318}
     * @param service name of the process, such as {@code queue-manager}
     */
    public SpanExporter(URI endpoint, String service) {
        traces = URI.create(endpoint.toString().replaceAll("/+$", "") + "/v1/traces");
        this.service = service;
    }

    /** Sends a span, when its trace is sampled. */
    public void export(Span span) {
        if (!span.context().sampled() || !room.tryAcquire()) {
            return;
        }
        HttpRequest request = HttpRequest.newBuilder(traces)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text(span)))
                .build();
        var unused = http.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            room.release();
            if (failure != null || answer.statusCode() >= 300) {
                log.atDebug()
                        .addKeyValue("reason", failure == null ? "status " + answer.statusCode() : failure.getMessage())
                        .log("span was not delivered");
            }
        });
    }

    private String text(Span span) {
        Map<String, Object> scope = Map.of("scope", Map.of("name", "streamforge"), "spans", List.of(fields(span)));
        Map<String, Object> resource = Map.of(
                "resource",
                Map.of("attributes", attributes(Map.of("service.name", service))),
                "scopeSpans",
                List.of(scope));
        return JSON.writeValueAsString(Map.of("resourceSpans", List.of(resource)));
    }

    private static Map<String, Object> fields(Span span) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("traceId", span.context().traceId());
        fields.put("spanId", span.context().spanId());
        if (span.parent() != null) {
            fields.put("parentSpanId", span.parent());
        }
        fields.put("name", span.name());
        fields.put("kind", span.kind().number());
        fields.put("startTimeUnixNano", nanos(span.begin()));
        fields.put("endTimeUnixNano", nanos(span.end()));
        fields.put("attributes", attributes(span.attributes()));
        fields.put(
                "status",
                span.error() == null ? Map.of() : Map.of("code", FAILED, "message", Masks.mask(span.error())));
        return fields;
    }

    private static List<Map<String, Object>> attributes(Map<String, String> attributes) {
        return new TreeMap<>(attributes)
                .entrySet().stream()
                        .map(entry -> Map.<String, Object>of(
                                "key", entry.getKey(), "value", Map.of("stringValue", entry.getValue())))
                        .toList();
    }

    private static String nanos(Instant time) {
        return Long.toString(time.getEpochSecond() * NANOS + time.getNano());
    }

    /** Waits a moment for what is under way. */
    @Override
    public void close() {
        try {
            boolean unused = room.tryAcquire(AT_ONCE, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
