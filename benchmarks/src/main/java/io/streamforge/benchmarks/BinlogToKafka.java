package io.streamforge.benchmarks;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import io.streamforge.testing.EmbeddedMariaDbServer;
import io.streamforge.testing.MariaDbDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A backlog in MariaDB's binary log → Kafka, while a file is written from the topic, against the client library alone that reads the
 * same events and drops them. Arguments: path of the {@code streamforge} command, events (1,000,000), rounds (3).
 */
public final class BinlogToKafka {

    private static final int PER_TRANSACTION = 1_000;
    private static final long POLL_NANOS = 10_000_000;
    private static final long READER = 4_000_000_001L;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final EmbeddedMariaDbServer mariaDb = EmbeddedMariaDbServer.shared();
    private final MariaDbDatabase database = mariaDb.newDatabase();
    private final int events;

    private BinlogToKafka(int events) {
        this.events = events;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        try (ServerProcess server = new ServerProcess(args[0])) {
            new BinlogToKafka(events).measure(server, rounds);
        }
    }

    private void measure(ServerProcess server, int rounds) throws IOException, InterruptedException {
        database.execute("CREATE TABLE orders (id BIGINT AUTO_INCREMENT PRIMARY KEY, customer VARCHAR(60), "
                + "note VARCHAR(200), quantity INT, total DECIMAL(12,2), at DATETIME(6))");
        String queueId = server.post("""
                name: binlog-to-kafka
                mode: streaming
                max_lag: {records: 100000000, bytes: 64GiB}
                source:
                  connector: mysql
                  options: {url: "%s", username: %s, password: %s, tables: [%s.orders], capture: changes}
                sinks:
                  - connector: file
                    options: {path: %s/orders.csv}
                """.formatted(
                        database.url(), database.username(), database.password(), database.name(), server.directory()));
        await(server, queueId, "running");
        for (int round = 1; round <= rounds; round++) {
            server.send("POST", "/api/v1/runs/" + queueId + "/pause", "");
            await(server, queueId, "paused");
            long read = server.reported(queueId, "source", "records_read");
            List<Object> place = database.query("SHOW MASTER STATUS").get(0).subList(0, 2);
            write();
            double alone = alone(String.valueOf(place.get(0)), ((Number) place.get(1)).longValue());
            long begin = System.nanoTime();
            server.send("POST", "/api/v1/runs/" + queueId + "/resume", "");
            while (server.reported(queueId, "source", "records_read") < read + events) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            double chain = (System.nanoTime() - begin) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "round %d  client alone %.0f events/s  to Kafka %.0f events/s  ratio %.2f%n",
                    round,
                    events / alone,
                    events / chain,
                    alone / chain);
        }
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
