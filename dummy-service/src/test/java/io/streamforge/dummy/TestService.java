package io.streamforge.dummy;

import io.streamforge.dummy.kafka.KafkaAccess;
import io.streamforge.dummy.kafka.KafkaProbe;
import io.streamforge.dummy.kafka.ProbeRoutes;
import io.streamforge.dummy.load.LoadRoutes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The service's probe and load generator without Spring, and a client that calls them. */
public final class TestService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final DisposableServer server;

    private TestService(DisposableServer server) {
        this.server = server;
    }

    public static TestService start(Map<String, String> environment) {
        Optional<KafkaAccess> access = KafkaAccess.of(environment);
        ProbeRoutes probe = new ProbeRoutes(access.map(kafka -> new KafkaProbe(kafka, PATIENCE)));
        LoadRoutes load = new LoadRoutes(access);
        return new TestService(HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> load.apply(probe.apply(routes)))
                .bindNow());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
