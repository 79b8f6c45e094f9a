package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are told to wait, to go on and to end, by a source slow enough to be told in the middle. */
class PauseStopIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Against the ten minutes that a run here would wait of itself. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    private static final Duration QUIET = Duration.ofMillis(1500);
    /** Workers hand their troubles to the restart strategy after this time. */
    private static final Map<String, String> IMPATIENT =
            Map.of("SPRING_APPLICATION_JSON", "{\"streamforge.workers.environment[STREAMFORGE_RETRY_FOR]\": \"1s\"}");

    private static final String MINUTES =
            "SELECT (max(strftime('%s', open_time)) - min(strftime('%s', open_time))) / 60 + 1 FROM candles";
    private static final String CANDLES = "/api/v3/klines";

    @TempDir
    static Path directory;

    private static TestServer server;
    private static Curl curl;

    private SimulatedExchange exchange;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestServer.start(directory.resolve("data"), IMPATIENT);
        curl = new Curl(server);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void startExchange() {
        exchange = SimulatedExchange.start(0);
    }

    @AfterEach
    void stopExchange() {
        exchange.close();
    }

    /** Half a million candles, a thousand each tenth of a second. */
    private String startSlowRun(String name) {
        exchange.faults().add(Fault.of(Fault.Kind.SLOW, 100_000).onPath(CANDLES).withDelay(Duration.ofMillis(100)));
        return server.post(workflow(name));
    }

    private String workflow(String name) {
        return """
                name: %s
                source:
                  connector: exchange
                  options:
                    base_url: %s
                    symbols: [BTCUSDT]
                    type: api_candles_1m
                    time_range: "2023-01-01:2024-01-01"
                    retries: 0
                    circuit_failures: 1000
                sinks:
                  - connector: sqlite
                    options: {url: "jdbc:sqlite:%s", table: candles, mode: insert}
                restart: {strategy: fixed-delay, delay: 10m}
                """.formatted(name, exchange.url(), database(name));
    }

    @Test
    void shouldHoldStillWhilePausedGoOnWhenResumedAndKeepWhatIsCommittedWhenStopped() {
        // given
        String run = startSlowRun("paused");
        awaitMore("paused", 0);

        // when paused
        tell(run, "pause");
        await(run, "paused", LIMIT);

        // then nothing moves
        long calls = exchange.requests().size();
        long held = count("paused");
        Awaitility.await()
                .during(QUIET)
                .atMost(LIMIT)
                .until(() -> count("paused") == held && exchange.requests().size() == calls);

        // when resumed, it goes on
        tell(run, "resume");
        awaitMore("paused", held);
        await(run, "running", LIMIT);

        // when stopped
        tell(run, "stop");
        await(run, "stopped", AT_ONCE);

        // then what was committed stays, without a gap, and nothing follows
        long committed = count("paused");
        assertThat(committed).isGreaterThan(held);
        assertThat(number("paused", "SELECT count(DISTINCT open_time) FROM candles"))
                .isEqualTo(committed);
        assertThat(number("paused", MINUTES))
                .as("minutes from the first candle to the last")
                .isEqualTo(committed);
        long finalCalls = exchange.requests().size();
        Awaitility.await()
                .during(QUIET)
                .atMost(LIMIT)
                .until(() -> count("paused") == committed && exchange.requests().size() == finalCalls);
        assertThat(curl.post("/api/v1/runs/" + run + "/resume").status()).isEqualTo(409);
    }

    @Test
    void shouldStopAtOnceWhileItWaitsToRestart() {
        // given a run whose source has failed and waits ten minutes
        String run = startSlowRun("backing-off");
        awaitMore("backing-off", 0);
        exchange.faults().clear();
        exchange.faults().add(Fault.of(Fault.Kind.ERROR_5XX, 100_000).onPath(CANDLES));
        Awaitility.await().atMost(LIMIT).until(() -> server.run(run)
                .json()
                .path("vertices")
                .valueStream()
                .anyMatch(vertex -> vertex.has("retry_at")));

        // when
        tell(run, "stop");

        // then
        await(run, "stopped", AT_ONCE);
        assertThat(count("backing-off")).isPositive();
    }

    @Test
    void shouldStopAtOnceWhileItsSourceCannotBeReachedYet() {
        // given a run that cannot even be prepared
        String workflow = workflow("unreachable");
        exchange.close();
        String run = server.post(workflow);
        Awaitility.await().atMost(LIMIT).until(() -> server.run(run).reason().startsWith("prepared again at"));

        // when
        tell(run, "stop");

        // then
        await(run, "stopped", AT_ONCE);
    }

    @Test
    void shouldStopAtOnceWhileItWaitsForItsTurn() {
        // given
        String first = startSlowRun("queued");
        awaitMore("queued", 0);
        String second = new RunView(curl.post("/api/v1/workflows/queued/start").json()).queueId();
        await(second, "pending", LIMIT);

        // when
        tell(second, "stop");

        // then
        await(second, "stopped", AT_ONCE);
        assertThat(server.run(second).vertices()).isEmpty();
        assertThat(server.run(first).ended()).isFalse();
        awaitMore("queued", count("queued"));
        tell(first, "stop");
        await(first, "stopped", AT_ONCE);
    }

    private static void tell(String run, String word) {
        Curl.Answer answer = curl.post("/api/v1/runs/" + run + "/" + word);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void await(String run, String state, Duration limit) {
        Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertThat(
                        server.run(run).state())
                .isEqualTo(state));
    }

    private static void awaitMore(String name, long than) {
        Awaitility.await().atMost(LIMIT).until(() -> count(name) > than);
    }

    private static Path database(String name) {
        return directory.resolve(name + ".db");
    }

    /** Rows so far, 0 before there is a table. */
    private static long count(String name) {
        return Files.exists(database(name))
                        && number(name, "SELECT count(*) FROM sqlite_master WHERE name = 'candles'") > 0
                ? number(name, "SELECT count(*) FROM candles")
                : 0;
    }

    private static long number(String name, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database(name));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
