package io.streamforge.benchmarks;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import io.streamforge.testing.EmbeddedMySqlServer;
import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * A backlog in MariaDB's binary log → Kafka by a {@code streamforge server}, while the sink stands still in its first batch, against the
 * client library alone that reads the same events and drops them, in turn: from the command to go on until the last transaction can be
 * read. Arguments: path of the {@code streamforge} command, events (1,000,000), rounds (3).
 */
public final class BinlogToKafka {

    private static final int PER_TRANSACTION = 1_000;
    private static final long POLL_NANOS = 20_000_000;
    private static final long READER = 4_000_000_001L;
    private static final String WORKFLOW = """
            name: binlog-to-kafka
            mode: streaming
            max_lag: {records: 100000000, bytes: 64GiB}
            source:
              connector: mysql
              options: {url: "%s", username: %s, password: %s, tables: [%s.orders], capture: changes}
            sinks:
              - connector: postgresql
                options: {url: "%s", username: %s, password: %s, table: orders, mode: upsert, create_table: false}
            """;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final EmbeddedMySqlServer mariaDb = EmbeddedMySqlServer.shared();
    private final MySqlDatabase database = mariaDb.newDatabase();
    private final PostgresDatabase target = EmbeddedPostgresServer.shared().newDatabase();
    private final int events;

    private BinlogToKafka(int events) {
        this.events = events;
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException, ExecutionException {
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int rounds = args.length > 2 ? Math.max(1, Integer.parseInt(args[2])) : 3;
        int port = FreePort.next();
        try (ServerProcess server = new ServerProcess(args[0], "--broker-port", String.valueOf(port));
                Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + port))) {
            new BinlogToKafka(events).measure(server, admin, rounds);
        }
    }

    private void measure(ServerProcess server, Admin admin, int rounds)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        database.execute("CREATE TABLE orders (id BIGINT AUTO_INCREMENT PRIMARY KEY, customer VARCHAR(60), "
                + "note VARCHAR(200), quantity INT, total DECIMAL(12,2), at DATETIME(6))");
        StandingTable orders = StandingTable.create(
                target,
                "orders",
                "(id bigint PRIMARY KEY, customer text, note text, quantity int, total numeric(12,2), at timestamp(6))");
        String queueId = server.post(WORKFLOW.formatted(
                database.url(),
                database.username(),
                database.password(),
                database.name(),
                target.url(),
                target.username(),
                target.password()));
        await(server, queueId, "running");
        DataTopic topic = DataTopic.of(admin).orElseThrow();
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            server.send("POST", "/api/v1/runs/" + queueId + "/pause", "");
            await(server, queueId, "paused");
            List<Object> place = database.query("SHOW MASTER STATUS").get(0).subList(0, 2);
            write();
            double alone = alone(String.valueOf(place.get(0)), ((Number) place.get(1)).longValue());
            double chain;
            try (Connection barrier = orders.hold()) {
                long begin = System.nanoTime();
                long end = topic.committed() + events;
                server.send("POST", "/api/v1/runs/" + queueId + "/resume", "");
                while (topic.committed() < end) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                chain = (System.nanoTime() - begin) / 1e9;
            }
            while (orders.rows() < (long) round * events) {
                LockSupport.parkNanos(10 * POLL_NANOS);
            }
            ratios.add(alone / chain);
            out.printf(
                    Locale.ROOT,
                    "round %d  client alone %.0f events/s  to Kafka %.0f events/s  ratio %.2f%n",
                    round,
                    events / alone,
                    events / chain,
                    alone / chain);
        }
        out.printf(
                Locale.ROOT,
                "median ratio %.2f%n",
                ratios.stream().sorted().toList().get(rounds / 2));
    }

    private static void await(ServerProcess server, String queueId, String state)
            throws IOException, InterruptedException {
        while (!server.state(queueId).equals(state)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void write() {
        for (int written = 0; written < events; written += PER_TRANSACTION) {
            database.execute(
                    "INSERT INTO orders (customer, note, quantity, total, at) SELECT concat('customer ', seq), "
                            + "repeat('note ', 20), seq % 7, seq / 7, now(6) FROM seq_1_to_" + PER_TRANSACTION);
        }
    }

    private double alone(String file, long position) throws IOException {
        BinaryLogClient client =
                new BinaryLogClient("localhost", mariaDb.port(), database.username(), database.password());
        client.setServerId(READER);
        client.setBinlogFilename(file);
        client.setBinlogPosition(position);
        AtomicLong rows = new AtomicLong();
        client.registerEventListener(event -> {
            if (EventType.isWrite(event.getHeader().getEventType())) {
                WriteRowsEventData data = event.getData();
                if (rows.addAndGet(data.getRows().size()) == events) {
                    disconnect(client);
                }
            }
        });
        long begin = System.nanoTime();
        client.connect();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void disconnect(BinaryLogClient client) {
        try {
            client.disconnect();
        } catch (IOException e) {
            throw new IllegalStateException("the client cannot be disconnected", e);
        }
    }
}
