package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.SqlDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow files of {@code examples/} that follow databases, run as their README says. */
class CaptureExamplesDT {

    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final MySqlDatabase shop = EmbeddedMySqlServer.shared().newDatabase();
    private final PostgresDatabase warehouse = EmbeddedPostgresServer.shared().newDatabase();

    @Test
    void mariadbToPostgresCdc() throws Exception {
        // given
        shop.execute(
                "CREATE TABLE customers (id BIGINT PRIMARY KEY, name VARCHAR(100) NOT NULL, since DATETIME(3))",
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer BIGINT NOT NULL, total DECIMAL(12,2) NOT NULL)",
                "INSERT INTO customers VALUES (1, 'Ada', '2026-01-02 03:04:05.678'), (2, 'Grace', NULL)",
                "INSERT INTO orders VALUES (10, 1, 12.50), (11, 2, 99.99), (12, 2, 0.01)");

        // when
        try (JavaProcess process = start()) {
            await(process, "SELECT count(*) FROM orders", 3);
            shop.execute(
                    "UPDATE customers SET name = 'Ada Lovelace' WHERE id = 1",
                    "DELETE FROM orders WHERE id = 12",
                    "UPDATE orders SET id = 20 WHERE id = 11");
            await(process, "SELECT count(*) FROM orders WHERE id IN (10, 20)", 2);
            await(process, "SELECT count(*) FROM orders", 2);
            shop.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)", "INSERT INTO notes VALUES (1)");
            await(process, "SELECT count(*) FROM notes", 1);
        }
        shop.execute("TRUNCATE orders", "INSERT INTO orders VALUES (30, 1, 1.00)");
        try (JavaProcess again = start()) {
            await(again, "SELECT count(*) FROM orders WHERE id = 30", 1);
        }

        // then
        assertThat(warehouse.number("SELECT count(*) FROM orders")).isEqualTo(1);
        assertThat(warehouse.query("SELECT id, name, since::text FROM customers ORDER BY id"))
                .containsExactly(
                        List.of(1L, "Ada Lovelace", "2026-01-02 03:04:05.678"),
                        java.util.Arrays.asList(2L, "Grace", null));
    }

    @Test
    void twoShopsOneWarehouse() throws Exception {
        // given
        MySqlDatabase paris = EmbeddedMySqlServer.shared().newDatabase();
        MySqlDatabase backup = EmbeddedMySqlServer.shared().newDatabase();
        for (MySqlDatabase each : List.of(shop, paris)) {
            each.execute(
                    "CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(12,2) NOT NULL)",
                    "INSERT INTO orders VALUES (1, 1.50), (2, 2.50)");
        }
        PostgresDatabase crm = EmbeddedPostgresServer.shared().newDatabase();
        crm.execute(
                "CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, tags text[])",
                "INSERT INTO customers VALUES (1, 'Ada', '{a,b}')");
        Map<String, String> secrets = Map.of(
                "STREAMFORGE_SECRET_SHOPS",
                shop.password(),
                "STREAMFORGE_SECRET_CRM",
                crm.password(),
                "STREAMFORGE_SECRET_WAREHOUSE",
                warehouse.password(),
                "STREAMFORGE_SECRET_BACKUP",
                backup.password());

        try (TestServer server = TestServer.start(directory.resolve("server"), secrets)) {
            // when
            post(server, "shop.yaml", backup, "shop=berlin", "url=" + shop.url(), "tables=" + shop.name() + ".*");
            await(server.process(), "SELECT count(*) FROM berlin_orders", 2);
            post(server, "shop.yaml", backup, "shop=paris", "url=" + paris.url(), "tables=" + paris.name() + ".*");
            post(server, "crm.yaml", backup, "url=" + crm.url());
            shop.execute("TRUNCATE orders", "INSERT INTO orders VALUES (3, 3.50)");
            await(server.process(), "SELECT count(*) FROM paris_orders", 2);
            await(server.process(), "SELECT count(*) FROM crm_customers", 1);
            crm.execute(
                    "UPDATE customers SET name = 'Ada Lovelace'", "INSERT INTO customers VALUES (2, 'Grace', NULL)");
            paris.execute("UPDATE orders SET id = 20 WHERE id = 2");

            // then
            await(server.process(), "SELECT count(*) FROM crm_customers WHERE name IN ('Ada Lovelace', 'Grace')", 2);
            await(server.process(), "SELECT count(*) FROM paris_orders WHERE id IN (1, 20)", 2);
            await(server.process(), "SELECT count(*) FROM berlin_orders WHERE id = 3", 1);
            assertThat(warehouse.number("SELECT count(*) FROM berlin_orders")).isEqualTo(1);
            assertThat(warehouse.number("SELECT count(*) FROM paris_orders")).isEqualTo(2);
            for (String table : List.of("berlin_orders", "paris_orders", "crm_customers")) {
                await(
                        server.process(),
                        backup,
                        "SELECT count(*) FROM " + table,
                        warehouse.number("SELECT count(*) FROM " + table));
            }
        }
    }

    private void post(TestServer server, String file, MySqlDatabase backup, String... parameters) throws Exception {
        List<String> all = new ArrayList<>(List.of(parameters));
        all.add("warehouse=" + warehouse.url());
        all.add("warehouse_username=" + warehouse.username());
        all.add("backup=" + backup.url());
        all.add("backup_username=" + backup.username());
        String query = all.stream()
                .map(parameter -> "set=" + URLEncoder.encode(parameter, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Curl.Answer answer = new Curl(server)
                .post(
                        "/api/v1/workflows?" + query,
                        Curl.YAML,
                        Files.readString(
                                EXAMPLES.resolve("two-shops-one-warehouse").resolve(file)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private JavaProcess start() throws Exception {
        return JavaProcess.streamforge(
                Map.of(
                        "STREAMFORGE_SECRET_MARIADB",
                        shop.password(),
                        "STREAMFORGE_SECRET_POSTGRES",
                        warehouse.password()),
                directory,
                "run",
                EXAMPLES.resolve("mariadb-to-postgres-cdc/workflow.yaml").toString(),
                "--data",
                directory.resolve("data").toString(),
                "--set",
                "source_url=" + shop.url(),
                "--set",
                "source_username=" + shop.username(),
                "--set",
                "tables=" + shop.name() + ".*",
                "--set",
                "url=" + warehouse.url(),
                "--set",
                "username=" + warehouse.username());
    }

    private void await(JavaProcess process, String count, long expected) {
        await(process, warehouse, count, expected);
    }

    private static void await(JavaProcess process, SqlDatabase target, String count, long expected) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(() ->
                        assertThat(target.number(count)).as(process.output()).isEqualTo(expected));
    }
}
