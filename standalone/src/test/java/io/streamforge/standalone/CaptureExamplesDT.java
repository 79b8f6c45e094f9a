package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.testing.EmbeddedMariaDbServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MariaDbDatabase;
import io.streamforge.testing.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    private final MariaDbDatabase shop = EmbeddedMariaDbServer.shared().newDatabase();
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
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(() ->
                        assertThat(warehouse.number(count)).as(process.output()).isEqualTo(expected));
    }
}
