package io.streamforge.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Health and metrics of a worker process, under the paths that probes and Prometheus ask everywhere else, too. */
final class HealthServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "health");
        thread.setDaemon(true);
        return thread;
    });
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private final JvmGcMetrics garbage = new JvmGcMetrics();

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /** @throws UncheckedIOException when the port cannot be used */
    static HealthServer start(int port, Worker worker) {
        try {
            HealthServer health = new HealthServer(HttpServer.create(new InetSocketAddress(port), 0));
            health.measure(worker);
            health.probe("/actuator/health/liveness", worker.pulse()::live);
            health.probe("/actuator/health/readiness", worker.pulse()::isReady);
            health.server.createContext(
                    "/actuator/prometheus",
                    exchange -> respond(
                            exchange, OK, "text/plain; version=0.0.4; charset=utf-8", health.registry.scrape()));
            health.server.setExecutor(health.executor);
            health.server.start();
            return health;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve health on port " + port, e);
        }
    }

    private void measure(Worker worker) {
        registry.getPrometheusRegistry().register(WorkerMetrics.collector(() -> List.of(worker)));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    private void probe(String path, BooleanSupplier up) {
        server.createContext(path, exchange -> {
            boolean now = up.getAsBoolean();
            respond(exchange, now ? OK : UNAVAILABLE, JSON, "{\"status\":\"" + (now ? "UP" : "DOWN") + "\"}");
        });
    }

    private static void respond(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        garbage.close();
        registry.close();
    }
}
