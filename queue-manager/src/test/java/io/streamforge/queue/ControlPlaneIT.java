package io.streamforge.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import io.streamforge.connector.Catalog;
import io.streamforge.connector.Connector;
import io.streamforge.messages.Json;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.testing.BrokerWorkers;
import io.streamforge.queue.testing.FakeLauncher;
import io.streamforge.queue.testing.NumbersConnector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** The whole of queue-manager on a real broker and a SQLite file; only workers and what they read are simulated. */
class ControlPlaneIT {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeLauncher launcher = new FakeLauncher(Clock.systemUTC());
    private EmbeddedBroker broker;
    private BrokerWorkers workers;
    private ConfigurableApplicationContext server;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(BrokerSettings.in(directory.resolve("broker")));
        workers = new BrokerWorkers(broker.bootstrapServers(), launcher);
        server = server();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        workers.close();
        broker.close();
    }

    private ConfigurableApplicationContext server() {
        return QueueManagerApplication.builder()
                .properties(Map.of(
                        "streamforge.data", directory.toString(),
                        "streamforge.broker", broker.bootstrapServers(),
                        "server.port", "0"))
                .initializers(made -> {
                    GenericApplicationContext context = (GenericApplicationContext) made;
                    context.registerBean(Launcher.class, () -> launcher);
                    context.registerBean(
                            ConnectorDescriptors.class,
                            () -> ConnectorDescriptors.of(Catalog.load().connectors().values().stream()
                                    .map(Connector::descriptor)
                                    .toList()));
                })
                .run();
    }

    @Test
    void shouldCompleteARunAndRemoveWhatItLeftBehind() throws Exception {
        // when
        String queueId =
                post(body("orders", "retention: 1s\n")).path("queue_id").asString();

        // then
        await().atMost(LONG).until(() -> state(queueId).equals("completed"));
        await().atMost(LONG).until(() -> launcher.list().isEmpty());
        assertThat(get("/api/v1/runs/" + queueId)
                        .path("edges")
                        .path(0)
                        .path("out")
                        .asLong())
                .isEqualTo(100);
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(topics()).contains("orders-positions").doesNotContain(queueId + "-data"));
    }

    @Test
    void shouldAdoptARunThatWentOnWhileItWasAway() throws Exception {
        // given
        workers.hold(true);
        String queueId = post(body("orders", "")).path("queue_id").asString();
        await().atMost(LONG).until(() -> state(queueId).equals("running"));

        // when the source completes while nobody is there
        server.close();
        workers.hold(false);
        await().atMost(LONG).until(() -> launcher.running().size() == 1);
        server = server();

        // then
        await().atMost(LONG).until(() -> state(queueId).equals("completed"));
        assertThat(launcher.starts()).containsOnlyKeys(queueId + "-source-1", queueId + "-sink-1");
    }

    @Test
    void shouldRemoveWhatADeletedWorkflowHasLeftInASourceThatWasAwayAlsoAfterARestart() throws Exception {
        // given
        NumbersConnector.AWAY.put("left", Integer.MAX_VALUE);
        http.send(
                request("/api/v1/workflows?start=false")
                        .POST(HttpRequest.BodyPublishers.ofString(body("left", "mode: streaming\n")))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        http.send(request("/api/v1/workflows/left").DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(NumbersConnector.AWAY.get("left")).isLessThan(Integer.MAX_VALUE);

        // when
        server.close();
        NumbersConnector.AWAY.put("left", 0);
        server = server();

        // then
        await().atMost(LONG).until(() -> NumbersConnector.AWAY.get("left") == -1);
    }

    @Test
    void shouldReplaceAKilledWorkerSoon() throws Exception {
        // given
        workers.hold(true);
        String queueId = post(body("orders", "")).path("queue_id").asString();
        await().atMost(LONG).until(() -> state(queueId).equals("running"));

        // when
        launcher.exit(queueId + "-source-1", 137);

        // then
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> launcher.starts().containsKey(queueId + "-source-2"));
        workers.hold(false);
        await().atMost(LONG).until(() -> state(queueId).equals("completed"));
    }

    @Test
    void shouldAcceptTwoHundredRunsAtOnceAndRunTwentyAtATime() throws Exception {
        // given a warm server
        for (int i = 0; i < 100; i++) {
            http.send(
                    request("/api/v1/workflows?start=false")
                            .POST(HttpRequest.BodyPublishers.ofString(body("warm-" + i, "")))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        // when
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long begin = System.nanoTime();
            answers.add(http.sendAsync(
                            request("/api/v1/workflows")
                                    .POST(HttpRequest.BodyPublishers.ofString(body("load-" + i, "")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .thenApply(answer -> answer.statusCode() == 201 ? System.nanoTime() - begin : Long.MAX_VALUE));
        }
        List<Long> times = new ArrayList<>();
        answers.forEach(answer -> times.add(answer.join()));
        Collections.sort(times);

        // then
        long p95 = Duration.ofNanos(times.get(190)).toMillis();
        System.out.println("POST of 200 runs at once: p50 "
                + Duration.ofNanos(times.get(100)).toMillis() + " ms, p95 " + p95 + " ms");
        assertThat(p95).as("milliseconds").isLessThan(3_000);
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> get("/api/v1/runs?state=completed").path("total").asLong() == 200);
        assertThat(mostAtOnce()).isEqualTo(20);
    }

    /** How many runs were under way at the same time, from their histories. */
    private int mostAtOnce() throws Exception {
        TreeMap<Instant, Integer> changes = new TreeMap<>();
        for (JsonNode run : get("/api/v1/runs?limit=1000").path("items")) {
            for (JsonNode entry : get("/api/v1/runs/" + run.path("queue_id").asString() + "/events")) {
                Instant at = Instant.parse(entry.path("at").asString());
                switch (entry.path("to").asString("")) {
                    case "scheduled" -> changes.merge(at, 1, Integer::sum);
                    case "completed" -> {
                        if (entry.path("kind").asString().equals("run")) {
                            changes.merge(at, -1, Integer::sum);
                        }
                    }
                    default -> {}
                }
            }
        }
        int now = 0;
        int most = 0;
        for (int change : changes.values()) {
            now += change;
            most = Math.max(most, now);
        }
        return most;
    }

    private static String body(String name, String more) {
        return "name: %s\n%ssource: {connector: numbers}\nsinks: [{connector: numbers}]\n".formatted(name, more);
    }

    private String state(String queueId) throws Exception {
        return get("/api/v1/runs/" + queueId).path("state").asString();
    }

    private Set<String> topics() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    private JsonNode get(String path) throws Exception {
        return Json.MAPPER.readTree(http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private JsonNode post(String body) throws Exception {
        HttpResponse<String> answer = http.send(
                request("/api/v1/workflows")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.MAPPER.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        try {
            String token = Files.readString(directory.resolve("admin-token")).strip();
            String port = server.getEnvironment().getProperty("local.server.port");
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(LONG)
                    .header("Authorization", "Bearer " + token);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
