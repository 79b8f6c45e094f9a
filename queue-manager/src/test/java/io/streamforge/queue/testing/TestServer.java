package io.streamforge.queue.testing;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.Connector;
import io.streamforge.messages.Event;
import io.streamforge.messages.Json;
import io.streamforge.messages.Topics;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.queue.QueueManagerApplication;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.EventFeed;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.store.Store;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** queue-manager on a port of its own, over fakes; speaks to it with the JDK's client. */
public final class TestServer implements AutoCloseable {

    public final MemoryStore store = new MemoryStore();
    public final FakeBroker broker = new FakeBroker();
    public final FakeLauncher launcher = new FakeLauncher(Clock.systemUTC());
    public final String token;

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private volatile EventFeed.Listener listener;
    private long offset;

    public TestServer(Path directory) throws IOException {
        this(directory, Map.of(), more -> {});
    }

    /** @param more beans beside the fakes */
    public TestServer(Path directory, Map<String, Object> properties, Consumer<GenericApplicationContext> more)
            throws IOException {
        context = QueueManagerApplication.builder()
                .properties(Map.of("streamforge.data", directory.toString(), "server.port", "0"))
                .properties(properties)
                .initializers(made -> register((GenericApplicationContext) made))
                .initializers(made -> more.accept((GenericApplicationContext) made))
                .run();
        base = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        token = Files.readString(directory.resolve("admin-token")).strip();
    }

    private void register(GenericApplicationContext made) {
        made.registerBean(Store.class, () -> store);
        made.registerBean(Broker.class, () -> broker);
        made.registerBean(Launcher.class, () -> launcher);
        made.registerBean(EventFeed.class, () -> new EventFeed() {
            @Override
            public void start(Listener started) {
                listener = started;
                started.caughtUp();
            }

            @Override
            public void close() {}
        });
        made.registerBean(
                ConnectorDescriptors.class,
                () -> ConnectorDescriptors.of(Catalog.load().connectors().values().stream()
                        .map(Connector::descriptor)
                        .toList()));
    }

    /** Lets a worker report. */
    public synchronized void report(Event event) {
        listener.take(List.of(event), Map.of(0, ++offset));
    }

    public URI uri(String path) {
        return URI.create(base + path);
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer post(String path, String body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer put(String path, String body, String... headers) {
        return send(request(path, headers).PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    public HttpRequest.Builder request(String path, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("Authorization", "Bearer " + token));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return request;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything the server has stored, as text. */
    public String everythingStored() {
        StringBuilder text = new StringBuilder();
        store.runs(new io.streamforge.queue.store.RunFilter(null, java.util.Set.of(), 0, 1000))
                .items()
                .forEach(run -> {
                    text.append(Json.MAPPER.writeValueAsString(run));
                    text.append(Json.MAPPER.writeValueAsString(store.history(run.queueId(), 0, 10_000)));
                });
        text.append(Json.MAPPER.writeValueAsString(store.audit(Long.MAX_VALUE, 1000)));
        text.append(Json.MAPPER.writeValueAsString(store.schemas()));
        text.append(store.offsets(Topics.EVENTS));
        broker.commands().forEach(command -> text.append(Json.MAPPER.writeValueAsString(command)));
        return text.toString();
    }

    @Override
    public void close() {
        context.close();
    }

    /** An HTTP answer. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return Json.MAPPER.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
