package io.streamforge.benchmarks;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;

/**
 * A table of PostgreSQL → Kafka by {@code streamforge run}, while the sink stands still in its first batch, against the {@link Pipe}
 * of the same table, in turn: from the beginning of the source's {@code COPY} to the end of the last transaction in Kafka. Needs
 * {@code psql}. Arguments: path of the {@code streamforge} command, rows (1,000,000), rounds (5), then options for {@code run}.
 */
public final class SnapshotToKafka {

    private static final long POLL_NANOS = 20_000_000;
    private static final String READING =
            "SELECT extract(epoch FROM min(query_start)) * 1000000 FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT%'";
    private static final String WORKFLOW = """
            name: snapshot-to-kafka-benchmark
            max_lag: {records: 1000000000, bytes: 64GiB}
            source:
              connector: postgresql
              options: {url: "%s", username: %s, password: "${secret:source}", table: rows}
            sinks:
              - connector: postgresql
                options: {url: "%s", username: %s, password: "${secret:target}", table: chain, mode: insert, create_table: false}
            """;

    private final Path command;
    private final int rows;
    private final List<String> options;
    private final SourceTable source;
    private final EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
    private final PostgresDatabase target = server.newDatabase();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private SnapshotToKafka(Path command, int rows, List<String> options) throws IOException, SQLException {
        this.command = command;
        this.rows = rows;
        this.options = options;
        source = SourceTable.filled("postgresql", rows);
    }

    public static void main(String[] args) throws IOException, SQLException, InterruptedException, ExecutionException {
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int rounds = args.length > 2 ? Math.max(1, Integer.parseInt(args[2])) : 5;
        List<String> options = List.of(args).subList(Math.min(3, args.length), args.length);
        SnapshotToKafka benchmark = new SnapshotToKafka(Path.of(args[0]).toAbsolutePath(), rows, options);
        try {
            benchmark.measure(rounds);
        } finally {
            benchmark.server.close();
        }
    }

    private void measure(int rounds) throws IOException, SQLException, InterruptedException, ExecutionException {
        Path workflow = Files.createTempFile("streamforge-benchmark", ".yaml");
        try {
            Files.writeString(
                    workflow,
                    WORKFLOW.formatted(
                            source.database().url(), source.database().username(), target.url(), target.username()));
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                double pipe = new Pipe(source, target).seconds();
                double snapshot = snapshot(workflow);
                if (round > 0) {
                    ratios.add(pipe / snapshot);
                }
                out.printf(
                        Locale.ROOT,
                        "%s  pipe %.2f s  to Kafka %.2f s  ratio %.2f%n",
                        round == 0 ? "warm-up" : "round " + round,
                        pipe,
                        snapshot,
                        pipe / snapshot);
            }
            out.printf(
                    Locale.ROOT,
                    "median ratio %.2f%n",
                    ratios.stream().sorted().toList().get(rounds / 2));
        } finally {
            Files.delete(workflow);
        }
    }

    private double snapshot(Path workflow) throws IOException, SQLException, InterruptedException, ExecutionException {
        StandingTable chain = StandingTable.create(target, "chain", source.targetColumns("NOT NULL"));
        int port = FreePort.next();
        Process run;
        double seconds;
        try (Connection barrier = chain.hold()) {
            run = start(workflow, port);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + port))) {
                seconds = filled(run, admin);
            }
        }
        if (run.waitFor() != 0 || chain.rows() != rows) {
            throw new IllegalStateException("the run failed with " + run.exitValue());
        }
        return seconds;
    }

    private Process start(Path workflow, int port) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                command.toString(), "run", workflow.toString(), "--json", "--broker-port", String.valueOf(port)));
        arguments.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "STREAMFORGE_SECRET_SOURCE", source.database().password(),
                        "STREAMFORGE_SECRET_TARGET", target.password()));
        return builder.start();
    }

    /** Seconds until all rows can be seen in the run's topic. */
    private double filled(Process run, Admin admin) throws InterruptedException, ExecutionException {
        long begun = 0;
        Optional<DataTopic> topic = Optional.empty();
        while (run.isAlive()) {
            if (begun == 0) {
                begun = source.database().number("SELECT coalesce((" + READING + "), 0)::bigint");
                topic = begun == 0 ? topic : DataTopic.of(admin);
            } else if (topic.orElseThrow().committed() >= rows) {
                return System.currentTimeMillis() / 1e3 - begun / 1e6;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IllegalStateException("the run ended before its rows were in Kafka");
    }
}
