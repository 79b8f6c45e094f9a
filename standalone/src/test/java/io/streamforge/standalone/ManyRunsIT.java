package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.Fault;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Many small runs at once, some of which cannot end well, on one server with its limits as they come. */
class ManyRunsIT {

    private static final int RUNS = 60;
    private static final int ADMITTED = 20;
    private static final int CALLERS = 12;
    private static final int ROWS = 40;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static TestServer server;
    private static Curl curl;
    private static Path csv;

    @BeforeAll
    static void start() throws Exception {
        StringBuilder text = new StringBuilder("id,name\n");
        IntStream.rangeClosed(1, ROWS)
                .forEach(i -> text.append(i).append(",row-").append(i).append('\n'));
        csv = Files.writeString(directory.resolve("rows.csv"), text);
        server = TestServer.start(directory.resolve("data"), Map.of());
        curl = new Curl(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void shouldCompleteAllRunsWithABoundOnThoseUnderWayWhileOthersFailBesideThem() throws Exception {
        // given
        Path rejects = rejectsCsv();
        PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
        database.execute(
                "CREATE TABLE strict_rows (id bigint PRIMARY KEY, name text NOT NULL, amount int CHECK (amount > 0))");
        String unreachable = server.post(unreachable("unreachable", closedPort()));
        String rejecting = server.post(rejecting(rejects, database));

        // when
        Collection<String> small = postAll();
        int mostSeen = followAll();

        // then
        assertThat(small).hasSize(RUNS).allSatisfy(run -> requireCompleted(server.run(run)));
        assertThat(mostSeen).as("runs under way, as listed").isLessThanOrEqualTo(ADMITTED);
        assertThat(mostUnderWay(small)).as("runs under way, by their history").isEqualTo(ADMITTED);
        requireFailure(server.run(unreachable));
        requireRejections(server.run(rejecting), database);
    }

    /** Posts all small workflows, several at a time. */
    private static Collection<String> postAll() throws InterruptedException {
        Collection<String> queueIds = new ConcurrentLinkedQueue<>();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < RUNS; i++) {
            String workflow = small("small-" + i);
            callers.execute(() -> queueIds.add(server.post(workflow)));
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return queueIds;
    }

    /** Waits until no run is waiting or under way and returns how many were under way at most. */
    private static int followAll() {
        int[] most = new int[1];
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> {
            int underWay = total("scheduled,starting,running,paused,draining");
            most[0] = Math.max(most[0], underWay);
            return underWay == 0 && total("pending") == 0;
        });
        return most[0];
    }

    private static int total(String states) {
        return curl.get("/api/v1/runs?limit=1&state=" + states)
                .json()
                .path("total")
                .asInt(Integer.MAX_VALUE);
    }

    /** Of these runs, counted at each moment that one was admitted or ended. */
    private static int mostUnderWay(Collection<String> runs) {
        Map<Instant, Integer> changes = new TreeMap<>();
        for (String run : runs) {
            for (JsonNode entry : curl.get("/api/v1/runs/" + run + "/events").json()) {
                String to = entry.path("to").asString("");
                if (entry.path("kind").asString().equals("run") && (to.equals("scheduled") || to.equals("completed"))) {
                    changes.merge(
                            Instant.parse(entry.path("at").asString()), to.equals("scheduled") ? 1 : -1, Integer::sum);
                }
            }
        }
        int underWay = 0;
        int most = 0;
        for (int change : changes.values()) {
            underWay += change;
            most = Math.max(most, underWay);
        }
        return most;
    }

    private static void requireCompleted(RunView run) {
        assertThat(run.state()).as(run.json().toString()).isEqualTo("completed");
        assertThat(run.edges()).containsExactly(new RunView.Edge("source", "sink", ROWS, ROWS, 0, 0));
    }

    private static void requireFailure(RunView run) {
        assertThat(run.state()).as(run.json().toString()).isEqualTo("failed");
        assertThat(run.error().path("category").asString()).isEqualTo("connection");
        assertThat(run.error().path("code").asString()).isNotEmpty();
        assertThat(run.error().path("suggestion").asString("")).isNotEmpty();
    }

    private static void requireRejections(RunView run, PostgresDatabase database) {
        assertThat(run.state()).as(run.json().toString()).isEqualTo("completed");
        assertThat(run.edges()).containsExactly(new RunView.Edge("source", "sink", 1000, 997, 0, 3));
        assertThat(database.query("SELECT count(*), count(*) FILTER (WHERE id IN (7, 500, 993)) FROM strict_rows"))
                .containsExactly(List.of(997L, 0L));
        JsonNode letters =
                curl.get("/api/v1/runs/" + run.queueId() + "/dead-letters").json();
        assertThat(letters.path("total").asInt()).isEqualTo(3);
        assertThat(letters.path("items")
                        .valueStream()
                        .map(letter -> letter.path("row").path("id").asInt()))
                .containsExactlyInAnyOrder(7, 500, 993);
        assertThat(letters.path("items").valueStream()).allSatisfy(letter -> assertThat(
                        letter.path("error").path("message").asString())
                .isNotEmpty());
    }

    @Test
    void shouldLetASecondRunOfAWorkflowWaitForTheFirst() {
        try (SimulatedExchange exchange = SimulatedExchange.start(0)) {
            // given
            exchange.faults()
                    .add(Fault.of(Fault.Kind.SLOW, 1).onPath("/api/v3/klines").withDelay(Duration.ofSeconds(2)));
            String first = server.post(exchange("twice", exchange.url()));

            // when
            Curl.Answer started = curl.post("/api/v1/workflows/twice/start");
            String second = started.json().path("queue_id").asString();

            // then
            assertThat(started.status()).as(started.body()).isEqualTo(201);
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> server.run(second).reason().contains("same workflow"));
            assertThat(server.run(second).state()).isEqualTo("pending");
            assertThat(server.run(first).ended()).isFalse();
            assertThat(server.awaitEnd(first, LIMIT).edges().get(0).out()).isEqualTo(24);
            RunView last = server.awaitEnd(second, LIMIT);
            assertThat(last.state()).as(last.json().toString()).isEqualTo("completed");
            assertThat(last.edges().get(0).in())
                    .as("rows that are new since the first run")
                    .isZero();
        }
    }

    private static String small(String name) {
        return """
                name: %s
                source:
                  connector: file
                  options: {path: %s, columns: {id: INT64, name: STRING}}
                sinks:
                  - connector: sqlite
                    options: {url: "jdbc:sqlite:%s", table: rows, mode: insert}
                """.formatted(name, csv, directory.resolve(name + ".db"));
    }

    private static String exchange(String name, String url) {
        return """
                name: %s
                source:
                  connector: exchange
                  options:
                    base_url: %s
                    symbols: [BTCUSDT]
                    type: api_candles_1h
                    time_range: "2024-08-01:2024-08-02"
                    retries: 1
                sinks:
                  - connector: sqlite
                    options: {url: "jdbc:sqlite:%s", table: candles, mode: insert}
                """.formatted(name, url, directory.resolve(name + ".db"));
    }

    private static String unreachable(String name, int port) {
        return exchange(name, "http://127.0.0.1:" + port) + "restart: {strategy: none}\n";
    }

    private static String rejecting(Path file, PostgresDatabase database) {
        return """
                name: rejecting
                source:
                  connector: file
                  options: {path: %s, columns: {id: INT64, name: STRING, amount: INT32}}
                sinks:
                  - connector: postgresql
                    options: {url: "%s", username: "%s", table: strict_rows, mode: insert}
                """.formatted(file, database.url(), database.username());
    }

    /** A thousand rows, of which 7 and 993 break a CHECK and 500 a NOT NULL. */
    private static Path rejectsCsv() throws IOException {
        List<String> lines = new ArrayList<>(List.of("id,name,amount"));
        for (int i = 1; i <= 1000; i++) {
            lines.add(i + "," + (i == 500 ? "" : "row-" + i) + "," + (i == 7 || i == 993 ? -i : i));
        }
        return Files.write(directory.resolve("rejects.csv"), lines);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
