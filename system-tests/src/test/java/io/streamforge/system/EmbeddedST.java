package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code helm install} as it is documented, on an empty cluster with everything embedded. */
@OnCluster
class EmbeddedST {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedST.class);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int MEASURED = 5;
    private static final Path LIVE_MARKET = Path.of("../examples/live-market/workflow.yaml");
    private static final int TRADES = 500;

    private static PostgresDatabase candles;
    private static Installation installation;
    private static Api api;

    @BeforeAll
    static void install() {
        candles = Outside.servers().newDatabase();
        installation = Installation.of(
                "embedded",
                """
                queueManager:
                  templateDefaults:
                    target:
                      connector: postgresql
                      options: {url: "jdbc:%s", username: postgres, password: "${secret:postgres}", table: candles}
                """.formatted(Outside.servers().address(candles)),
                Documented.helm("install").settings());
        api = installation.api();
    }

    @AfterAll
    static void remove() {
        installation.close();
    }

    @Test
    void shouldPassTheTestOfTheChart() {
        assertThat(Documented.helm("test").flags()).isEmpty();

        installation.test();

        assertThat(installation.startedPods()).contains("streamforge-test-api");
    }

    @Test
    void shouldProbeKafkaFromWithin() {
        String report = installation
                .client()
                .raw("/api/v1/namespaces/" + installation.namespace()
                        + "/services/streamforge-dummy-service:http/proxy/probe/kafka");

        assertThat(report).contains("\"nodes\":1", "queue-control", "streamforge-probe");
    }

    @Test
    void shouldRunTheSimplestRequestThereIs() {
        String queueId = api.start("""
                {"symbol": "BTCUSDT", "type": "api_candles_5m", "time_range": "2024-08-01:2024-08-02"}""");

        api.completed(queueId, LIMIT);

        assertThat(candles.number("SELECT count(*) FROM candles")).isEqualTo(288);
        requireNothingLeft();
    }

    @Test
    void shouldWriteAFileToATable() {
        // given
        CsvFile file = CsvFile.create(installation, 20_000);
        Target target = Target.create();

        // when
        String queueId = api.start("name: orders\n" + file.source() + target.sinks());

        // then
        api.completed(queueId, LIMIT);
        target.requireExact(20_000);
        requireNothingLeft();
    }

    @Test
    void shouldRunAnAppliedResourceAndRemoveItWithAllItMade() {
        // given
        CsvFile file = CsvFile.create(installation, 20_000);
        Target target = Target.create();
        WorkflowResource resource = new WorkflowResource(installation, "applied");

        // when
        resource.apply(file.source() + target.sinks());

        // then
        await().atMost(LIMIT).until(() -> resource.status("state").equals("completed"));
        target.requireExact(20_000);
        requireNothingLeft();

        // when
        resource.delete();

        // then
        await().atMost(LIMIT).until(resource::gone);
        assertThat(api.get("/api/v1/workflows/applied").status()).isEqualTo(404);
    }

    @Test
    void shouldBeOperatedByTheCommandsOfThePage() throws IOException {
        // given
        CsvFile file = CsvFile.create(installation, 20_000);
        Target target = Target.create();
        Shell shell = installation.shell();
        Files.writeString(
                shell.directory().resolve("workflow.yaml"),
                WorkflowResource.yaml("orders", file.source() + target.sinks()));

        // when
        String said =
                Documented.kubectl("A first workflow").stream().map(shell::run).collect(Collectors.joining());

        // then
        target.requireExact(20_000);
        assertThat(said)
                .contains("workflow.streamforge.io/orders created")
                .containsPattern("NAME +STATE +ROWS +LAG +AGE\norders +completed +20000 +0 ")
                .contains("run ended", "workflow.streamforge.io \"orders\" deleted");

        // when
        String shown = Documented.kubectl("Operate").stream().map(shell::run).collect(Collectors.joining());

        // then
        assertThat(shown).contains("streamforge-queue-manager-");
    }

    @Test
    void shouldMakeTheGraphOfAMarketAndAnswerQuestionsAboutIt() {
        // given
        PostgresDatabase graph = Outside.servers().newDatabase();

        // when
        String queueId = api.start("""
                template: market-graph
                parameters:
                  symbols: [BTCUSDT, ETHUSDT, ETHBTC]
                  time_range: "2024-08-01:2024-08-03"
                  store:
                    connector: postgresql
                    options: %s
                """.formatted(keyed(graph, "market_{table}")));

        // then
        api.completed(queueId, LIMIT);
        assertThat(graph.number("SELECT count(*) FROM market_vertices")).isEqualTo(6);
        assertThat(graph.number("SELECT sum((properties ->> 'candles')::int) FROM market_vertices"))
                .isEqualTo(3 * 2 * 24);
        assertThat(api.get("/api/v1/graphs/market-graph/vertices/asset:USDT/neighbours?label=quotes")
                        .body())
                .contains("symbol:BTCUSDT", "symbol:ETHUSDT")
                .doesNotContain("symbol:ETHBTC");
        requireNothingLeft();
    }

    @Test
    void shouldMissNoTradeOfALiveMarketWhoseLoaderIsKilled() throws IOException {
        // given
        PostgresDatabase market = Outside.servers().newDatabase();
        StartTimes starts = new StartTimes(installation.client(), installation.namespace());
        String example = Files.readString(LIVE_MARKET).replace("localhost:8190", "streamforge-dummy-service:8190");
        String queueId = api.start(example.substring(0, example.indexOf("sinks:"))
                + "sinks: [{connector: postgresql, options: " + keyed(market, "{table}") + "}]\n"
                + example.substring(example.indexOf("restart:")));
        await().atMost(LIMIT).until(() -> trades(market) > TRADES);

        // when
        installation
                .running(queueId, "source")
                .forEach(pod -> installation.kill(pod.getMetadata().getName()));

        // then
        long before = trades(market);
        await().atMost(LIMIT).until(() -> trades(market) > before + TRADES);
        starts.close();
        log.atInfo()
                .addKeyValue("from_container_start_to_ready", starts.sorted())
                .log("measured");
        api.post("/api/v1/runs/" + queueId + "/stop", "");
        await().atMost(LIMIT).until(() -> api.state(queueId).equals("stopped"));
        assertThat(market.number("SELECT count(DISTINCT symbol) FROM trades")).isEqualTo(50);
        assertThat(
                        market.number(
                                "SELECT sum(missing) FROM"
                                        + " (SELECT max(trade_id) - min(trade_id) + 1 - count(*) AS missing FROM trades GROUP BY symbol) s"))
                .isZero();
        requireNothingLeft();
    }

    private static long trades(PostgresDatabase market) {
        return market.query("SELECT to_regclass('trades')").get(0).get(0) == null
                ? 0
                : market.number("SELECT count(*) FROM trades");
    }

    /** Options of a sink. */
    private static String keyed(PostgresDatabase database, String table) {
        return "{url: \"jdbc:%s\", username: postgres, password: \"${secret:postgres}\", table: \"%s\", mode: upsert}"
                .formatted(Outside.servers().address(database), table);
    }

    @Test
    void shouldShowTheFirstRowSoonAfterThePost() {
        // given
        CsvFile file = CsvFile.create(installation, 1000);
        List<Duration> times = new ArrayList<>();

        // when
        for (int i = 0; i < MEASURED; i++) {
            times.add(firstRow("first-row-" + i, file));
        }

        // then
        List<Duration> sorted = times.stream().sorted().toList();
        log.atInfo().addKeyValue("from_post_to_first_row", sorted).log("measured");
        assertThat(sorted.get(MEASURED / 2)).as("median").isLessThan(Duration.ofSeconds(8));
    }

    private static Duration firstRow(String name, CsvFile file) {
        Target target = Target.create();
        Instant posted = Instant.now();
        String queueId = api.start("name: " + name + "\n" + file.source() + target.sinks());
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> target.written() > 0);
        Duration taken = Duration.between(posted, Instant.now());
        api.completed(queueId, LIMIT);
        return taken;
    }

    @Test
    void shouldGiveServiceAccountsNoMoreThanTheyNeed() {
        Rights rights = new Rights(installation);

        assertThat(rights.of("streamforge-worker")).isEmpty();
        assertThat(rights.of("streamforge-queue-manager"))
                .containsExactly(
                        "apps/deployments: create,delete,get,list,patch,watch",
                        "batch/jobs: create,delete,get,list,patch,watch",
                        "coordination.k8s.io/leases streamforge-queue-manager: get,update",
                        "core/events: list,watch",
                        "core/pods/log: get",
                        "core/pods: delete,get,list,watch",
                        "core/secrets streamforge-workflow-secrets: get",
                        "core/secrets: create,patch",
                        "events.k8s.io/events: create",
                        "keda.sh/scaledobjects: create,get,patch",
                        "streamforge.io/workflows/status: patch",
                        "streamforge.io/workflows: get,list,patch,watch");
    }

    private static void requireNothingLeft() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(installation.leftovers()).isEmpty());
    }
}
