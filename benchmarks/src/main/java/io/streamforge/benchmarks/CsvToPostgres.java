package io.streamforge.benchmarks;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import org.postgresql.PGConnection;

/**
 * CSV → Kafka → PostgreSQL by {@code streamforge run}, as a user runs it, against {@code COPY … FROM STDIN (FORMAT csv)} of the same file
 * into the same server, in turn. Arguments: path of the {@code streamforge} command, rows (1,000,000), rounds (5), then options for {@code run}.
 */
public final class CsvToPostgres {

    private static final String TABLE =
            "(id bigint NOT NULL, quantity int, name text, city text, note text, total numeric(12,2), day date, at timestamp(6), paid boolean)";
    private static final String WORKFLOW = """
            name: csv-to-postgres-benchmark
            source:
              connector: file
              options:
                path: %s
                columns: {id: INT64, quantity: INT32, name: STRING, city: STRING, note: STRING, total: "DECIMAL(12,2)",
                          day: DATE, at: TIMESTAMP(6), paid: BOOLEAN}
            sinks:
              - connector: postgresql
                options: {url: "%s", username: %s, password: "${secret:postgres}", table: chain, mode: insert, create_table: false}
            """;

    private final Path command;
    private final List<String> options;
    private final PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
    private final Path directory;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private CsvToPostgres(Path command, List<String> options) throws IOException {
        this.command = command;
        this.options = options;
        this.directory = Files.createTempDirectory("streamforge-benchmark");
    }

    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        List<String> options = List.of(args).subList(Math.min(3, args.length), args.length);
        new CsvToPostgres(Path.of(args[0]).toAbsolutePath(), options).measure(rows, rounds);
    }

    private void measure(int rows, int rounds) throws IOException, SQLException, InterruptedException {
        Path file = directory.resolve("rows.csv");
        Path workflow = directory.resolve("workflow.yaml");
        try {
            Rows.write(file, rows);
            Files.writeString(workflow, WORKFLOW.formatted(file, database.url(), database.username()));
            out.printf(Locale.ROOT, "%d rows, %d MB, options %s%n", rows, Files.size(file) / 1_000_000, options);
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                double copy = copy(file);
                MeasuredRun chain = chain(workflow, rows);
                boolean warmUp = round == 0;
                if (!warmUp) {
                    ratios.add(copy / chain.dataSeconds());
                }
                out.printf(
                        Locale.ROOT,
                        "%s  COPY %.2f s  chain %.2f s (whole command %.2f s)  ratio %.2f  peak RSS MB %s%n",
                        warmUp ? "warm-up" : "round " + round,
                        copy,
                        chain.dataSeconds(),
                        chain.wallSeconds(),
                        copy / chain.dataSeconds(),
                        chain.peakMegabytes());
            }
            out.printf(Locale.ROOT, "median ratio %.2f%n", median(ratios));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(workflow);
            Files.deleteIfExists(directory);
        }
    }

    private double copy(Path file) throws IOException, SQLException {
        database.execute("DROP TABLE IF EXISTS copied", "CREATE TABLE copied " + TABLE, "CHECKPOINT");
        long begin = System.nanoTime();
        try (Connection connection = database.connect();
                InputStream csv = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY copied FROM STDIN (FORMAT csv, HEADER)", csv, 1 << 16);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private MeasuredRun chain(Path workflow, int rows) throws IOException, InterruptedException {
        database.execute("DROP TABLE IF EXISTS chain", "CREATE TABLE chain " + TABLE, "CHECKPOINT");
        return MeasuredRun.of(command, workflow, options, Map.of("postgres", database.password()), database, rows);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
