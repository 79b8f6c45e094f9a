package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamforge.messages.Json;
import io.streamforge.telemetry.Metric;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an operator sees of a run that follows a database: every metric, every dashboard, every rule, the table of {@code top}. */
class FleetMetricsIT {

    private static final Path RULES = Dashboards.FOLDER.resolve("prometheus");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern SERIES = Pattern.compile("\\b(streamforge_\\w+)");
    private static final Pattern IN_RULE = Pattern.compile("\\bstreamforge[_:][\\w:]+");
    /** Series that need not be there, as docs/observability.md says: there was no collection of garbage yet. */
    private static final Set<String> MAY_BE_ABSENT = Set.of("jvm_gc_pause_seconds_sum");

    @TempDir
    static Path directory;

    private static TestServer server;
    private static String run;
    private static ScheduledExecutorService clerk;

    @BeforeAll
    static void follow() throws Exception {
        PostgresDatabase shop = EmbeddedPostgresServer.shared().newDatabase();
        PostgresDatabase warehouse = EmbeddedPostgresServer.shared().newDatabase();
        shop.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL)", "INSERT INTO orders VALUES (0, 5)");
        warehouse.execute("CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL CHECK (total >= 0))");
        server = TestServer.start(
                directory.resolve("data"),
                Map.of(
                        "STREAMFORGE_SECRET_SHOP",
                        shop.password(),
                        "STREAMFORGE_SECRET_WAREHOUSE",
                        warehouse.password()));
        run = server.post("""
                name: live
                mode: streaming
                source:
                  connector: postgresql
                  options: {url: "%s", username: "%s", password: "${secret:shop}", tables: [public.orders], heartbeat: 1s}
                sinks:
                  - connector: postgresql
                    options: {url: "%s", username: "%s", password: "${secret:warehouse}", table: orders, mode: upsert}
                errors: {rejected: dead-letter, max_ratio: 1}
                """.formatted(shop.url(), shop.username(), warehouse.url(), warehouse.username()));
        clerk = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger order = new AtomicInteger();
        var unused = clerk.scheduleAtFixedRate(
                () -> shop.execute("INSERT INTO orders VALUES (%d, %d)"
                        .formatted(order.incrementAndGet(), order.get() % 10 == 0 ? -1 : 5)),
                0,
                100,
                TimeUnit.MILLISECONDS);
        Awaitility.await().atMost(LIMIT).until(() -> warehouse.number("SELECT count(*) FROM orders") > 20);
    }

    @AfterAll
    static void stop() throws Exception {
        clerk.shutdownNow();
        assertThat(clerk.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        Curl curl = new Curl(server);
        curl.post("/api/v1/workflows/live/stop", Curl.JSON, "");
        server.awaitEnd(run, LIMIT);
        // Its slot goes with the workflow.
        assertThat(curl.delete("/api/v1/workflows/live").status()).isEqualTo(204);
        server.close();
    }

    private static String scraped() {
        return new Curl(server).anonymous().get("/actuator/prometheus").body();
    }

    @Test
    void shouldTellEveryMetricOfTheCatalogueAndNoOther() {
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            Set<String> told = scraped()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE streamforge_"))
                    .map(line -> line.split(" ")[2])
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Metric.values()).map(Metric::exposed).toList());
        });
        assertThat(scraped())
                .contains("streamforge_runs{state=\"running\"} 1.0", "measure=\"slot_lag_bytes\"")
                .contains("jvm_memory_used_bytes", "process_cpu_usage");
    }

    @Test
    void shouldShowTheWorkersInATable() {
        assertThat(printed("top", "--once"))
                .contains("runs: 1 running", "broker: up")
                .containsPattern(run + " +running +source +loader-producer +loading")
                .containsPattern(run + " +running +sink +sink-connector +loading");
        assertThat(Json.MAPPER
                        .readTree(printed("top", "--json"))
                        .path("runs")
                        .path(0)
                        .path("vertices"))
                .hasSize(2);
    }

    private static String printed(String... arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--server",
                server.api().server().toString(),
                "--data",
                directory.resolve("data").toString()));
        int code = Main.commandLine(new PrintWriter(out), new PrintWriter(out)).execute(all.toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    void shouldAskInDashboardsAndRulesForMetricsOfTheCatalogueOnly() throws IOException {
        Set<String> known = Arrays.stream(Metric.values())
                .flatMap(metric -> metric.kind() == Metric.Kind.HISTOGRAM
                        ? Stream.of("_bucket", "_sum", "_count").map(end -> metric.exposed() + end)
                        : Stream.of(metric.exposed()))
                .collect(Collectors.toSet());
        String asked = String.join("\n", Dashboards.queries().values())
                + Files.readString(RULES.resolve("rules.yaml")).replace("streamforge:", "");

        assertThat(SERIES.matcher(asked).results().map(found -> found.group(1)).collect(Collectors.toSet()))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void shouldGiveSeriesToEveryQueryOfEveryDashboardAndRule() throws Exception {
        assumeTrue(Prometheus.onPath("prometheus"), "there is no prometheus on the PATH: nothing is scraped");
        try (Prometheus prometheus = Prometheus.start(
                Files.createDirectories(directory.resolve("prometheus")), server, RULES.resolve("rules.yaml"))) {
            Map<String, String> queries = new TreeMap<>();
            Dashboards.queries().forEach((place, query) -> queries.put(place, filled(query)));
            prometheus.rules().forEach(rule -> inRule(rule)
                    .forEach(name -> queries.put(rule.path("name").asString() + " / " + name, name)));
            queries.values().removeIf(query -> MAY_BE_ABSENT.stream().anyMatch(query::contains));

            Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(
                            queries.entrySet().stream()
                                    .filter(query ->
                                            prometheus.query(query.getValue()).isEmpty()))
                    .as("queries that give nothing, of " + queries.size())
                    .isEmpty());
            assertThat(prometheus.rules())
                    .allSatisfy(rule -> assertThat(rule.path("health").asString())
                            .as(rule.toString())
                            .isEqualTo("ok"));
            assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}"))
                    .as("alerts of a fleet that is well")
                    .isEmpty();
        }
    }

    private static String filled(String query) {
        return query.replace("$__rate_interval", "10s")
                .replace("$workflow", "live")
                .replaceAll("\\$(queue_id|telemetry_id|instance)", ".*");
    }

    private static Set<String> inRule(JsonNode rule) {
        return IN_RULE.matcher(rule.path("query").asString())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldRaiseAlertsWhenTheyShouldAndNotBefore() throws Exception {
        requirePromtool();

        assertThat(promtool(RULES, "test", "rules", "rules-test.yaml")).contains("SUCCESS");
    }

    /** Debian's Prometheus was built without the discovery of pods; all else is checked. */
    @Test
    void shouldScrapeByAConfigurationThatPrometheusUnderstands() throws Exception {
        requirePromtool();
        Path copy = Files.createDirectories(directory.resolve("configuration"));
        Files.copy(RULES.resolve("rules.yaml"), copy.resolve("rules.yaml"));
        Files.writeString(
                copy.resolve("prometheus.yaml"),
                Files.readString(RULES.resolve("prometheus.yaml"))
                        .replaceAll(
                                "kubernetes_sd_configs:\\R +- role: pod\\R +namespaces: .*",
                                "static_configs: [{targets: [localhost]}]"));

        assertThat(promtool(copy, "check", "config", "--syntax-only", "prometheus.yaml"))
                .contains("SUCCESS");
    }

    private static void requirePromtool() {
        assumeTrue(Prometheus.onPath("promtool"), "there is no promtool on the PATH: rules are not tested");
    }

    private static String promtool(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
