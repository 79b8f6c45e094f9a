package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow files of {@code examples/}, run as their README says. */
class ExamplesDT {

    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();

    @Test
    void csvToPostgres() throws Exception {
        // given
        long kept = Files.readAllLines(EXAMPLES.resolve("csv-to-postgres/orders.csv")).stream()
                        .filter(line -> !line.contains(",cancelled,"))
                        .count()
                - 1;

        // when
        run("csv-to-postgres", "file=" + EXAMPLES.resolve("csv-to-postgres/orders.csv"), "url=" + database.url());

        // then
        assertThat(database.number("SELECT count(*) FROM orders")).isEqualTo(kept);
        assertThat(database.query("SELECT data_type FROM information_schema.columns "
                        + "WHERE table_name = 'orders' ORDER BY ordinal_position"))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "bigint",
                        "text",
                        "integer",
                        "numeric",
                        "text",
                        "date",
                        "timestamp with time zone",
                        "boolean",
                        "text");
    }

    @Test
    void exchangeToSqlite() throws Exception {
        Path file = directory.resolve("market.db");
        try (SimulatedExchange exchange = SimulatedExchange.start(0)) {
            run("exchange-to-sqlite", "base_url=" + exchange.url(), "database=" + file);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), count(DISTINCT symbol) FROM candles")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(2 * 7 * 24);
            assertThat(row.getLong(2)).isEqualTo(2);
        }
    }

    @Test
    void jsonlToCsv() throws Exception {
        Path target = directory.resolve("purchases.csv");
        run("jsonl-to-csv", "file=" + EXAMPLES.resolve("jsonl-to-csv/events.jsonl.gz"), "target=" + target);
        List<String> lines = Files.readAllLines(target);
        assertThat(lines.get(0)).isEqualTo("id,amount,bought_at");
        assertThat(lines.subList(1, lines.size())).isNotEmpty().allSatisfy(line -> assertThat(line)
                .matches("\\d+,\\d+\\.\\d{2},2026-11-\\d\\dT10:\\d\\d:00(\\.000)?Z"));
    }

    @Test
    void restToPostgres() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(0)) {
            run("rest-to-postgres", "base_url=" + exchange.url(), "url=" + database.url());
        }
        assertThat(database.number("SELECT count(*) FROM api_orders")).isPositive();
        assertThat(database.number("SELECT count(*) - count(DISTINCT id) FROM api_orders"))
                .isZero();
    }

    @Test
    void postgresToPostgresBulk() throws Exception {
        // given
        PostgresDatabase shop = EmbeddedPostgresServer.shared().newDatabase();
        shop.execute(Files.readString(EXAMPLES.resolve("postgres-to-postgres-bulk/shop.sql")));

        // when
        runBulk(shop);
        shop.execute("UPDATE shop.orders SET total = 1 WHERE id = 1");
        runBulk(shop);

        // then
        String content =
                "SELECT count(*), sum(total), md5(string_agg(id || lines::text || tags::text || ordered_at, ',' ORDER BY id)) FROM ";
        assertThat(database.query(content + "orders"))
                .isEqualTo(shop.query(content + "shop.orders WHERE status <> 'cancelled'"));
        assertThat(database.query("SELECT data_type FROM information_schema.columns "
                        + "WHERE table_name = 'orders' ORDER BY ordinal_position"))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "bigint", "uuid", "text", "numeric", "jsonb", "ARRAY", "timestamp with time zone", "date");
    }

    @Test
    void mariadbToWarehouse() throws Exception {
        // given
        MySqlDatabase shop = EmbeddedMySqlServer.shared().newDatabase();
        MySqlDatabase backup = EmbeddedMySqlServer.shared().newDatabase();
        shop.execute(Files.readString(EXAMPLES.resolve("mariadb-to-warehouse/shop.sql"))
                .strip()
                .split(";\\s*"));

        // when
        run(
                "mariadb-to-warehouse",
                "from=" + shop.url(),
                "to=" + database.url(),
                "backup=" + backup.url(),
                "mariadb_user=" + shop.username(),
                "postgres_user=" + database.username());

        // then
        assertThat(backup.query("SELECT count(*), sum(total), max(ordered_at) FROM orders_copy"))
                .isEqualTo(shop.query("SELECT count(*), sum(total), max(ordered_at) FROM orders"));
        assertThat(database.query("SELECT count(*), count(DISTINCT customer), sum(total) FROM orders"))
                .isEqualTo(shop.query("SELECT count(*), count(DISTINCT name), sum(total) FROM orders o"
                        + " JOIN customers c ON c.id = o.customer"));
    }

    @Test
    void marketGraph() throws Exception {
        // given
        Path work = directory.resolve("work");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", EXAMPLES.resolve("market-graph/ask.sh").toString(), work.toString())
                .redirectErrorStream(true);
        builder.environment().putAll(JavaProcess.AS_PACKAGED);
        builder.environment().put("STREAMFORGE", JavaProcess.COMMAND.toString());

        // when
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // then
        assertThat(process.waitFor()).as(output).isZero();
        List<String> answers =
                output.lines().filter(line -> line.startsWith("{")).toList();
        assertThat(answers).as(output).hasSize(4);
        assertThat(answers.get(0))
                .contains("\"symbol:BTCUSDT\"", "\"symbol:DOGEUSDT\"")
                .doesNotContain("ETHBTC");
        assertThat(answers.get(1)).contains("\"asset:USDT\"");
        assertThat(answers.get(2))
                .contains("\"length\":2", "volume:asset:SOL|asset:USDT", "volume:asset:LTC|asset:USDT");
        assertThat(answers.get(3)).contains("\"label\":\"correlates\"").doesNotContain("asset:");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + work.resolve("market-graph.db"));
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT (SELECT count(*) FROM market_vertices WHERE label = 'symbol'),"
                                + " (SELECT count(*) FROM market_vertices WHERE label = 'asset'),"
                                + " (SELECT sum(properties ->> 'candles') FROM market_vertices)")) {
            row.next();
            assertThat(row.getLong(1)).isEqualTo(10);
            assertThat(row.getLong(2)).isEqualTo(9);
            assertThat(row.getLong(3)).isEqualTo(10 * 31 * 24);
        }
    }

    private void runBulk(PostgresDatabase shop) throws Exception {
        run("postgres-to-postgres-bulk", "from=" + shop.url(), "to=" + database.url(), "username=" + shop.username());
    }

    private void run(String example, String... parameters) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "run", EXAMPLES.resolve(example).resolve("workflow.yaml").toString()));
        for (String parameter : parameters) {
            arguments.add("--set");
            arguments.add(parameter);
        }
        if (example.endsWith("postgres")) {
            arguments.add("--set");
            arguments.add("username=" + database.username());
        }
        try (JavaProcess process = JavaProcess.streamforge(
                Map.of("STREAMFORGE_SECRET_POSTGRES", database.password(), "STREAMFORGE_SECRET_MARIADB", "streamforge"),
                directory,
                arguments.toArray(String[]::new))) {
            assertThat(process.awaitExit(LIMIT)).as(process.output()).isZero();
        }
    }
}
