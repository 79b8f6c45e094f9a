package io.streamforge.benchmarks;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * PostgreSQL or MariaDB → Kafka → PostgreSQL by {@code streamforge run}, as a user runs it, against the two systems' own programs in a pipe between the same
 * servers, in turn: {@code psql -c "COPY … TO STDOUT (FORMAT binary)"} or {@code mariadb --quick --batch} into {@code psql -c "COPY … FROM STDIN"}, into a table
 * without a key. Needs {@code psql}. Arguments: path of the {@code streamforge} command, {@code postgresql} or {@code mariadb}, {@code insert} or {@code upsert},
 * rows (1,000,000), rounds (5), then options for {@code run}; the system property {@code source.options} adds options of the source.
 */
public final class DatabaseToPostgres {

    private final Path command;
    private final String mode;
    private final List<String> options;
    private final SourceTable source;
    private final EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
    private final PostgresDatabase target = server.newDatabase();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private DatabaseToPostgres(Path command, SourceTable source, String mode, List<String> options) {
        this.command = command;
        this.source = source;
        this.mode = mode;
        this.options = options;
    }

    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        int rows = args.length > 3 ? Integer.parseInt(args[3]) : 1_000_000;
        int rounds = args.length > 4 ? Math.max(1, Integer.parseInt(args[4])) : 5;
        List<String> options = List.of(args).subList(Math.min(5, args.length), args.length);
        DatabaseToPostgres benchmark = new DatabaseToPostgres(
                Path.of(args[0]).toAbsolutePath(), SourceTable.filled(args[1], rows), args[2], options);
        try {
            benchmark.measure(rows, rounds);
        } finally {
            benchmark.server.close();
        }
    }

    private void measure(int rows, int rounds) throws IOException, InterruptedException {
        try (DatabaseChain chain = new DatabaseChain(command, source, target, mode, options)) {
            out.printf(
                    Locale.ROOT,
                    "%s, %s, %d rows, options %s %s%n",
                    source.connector(),
                    mode,
                    rows,
                    options,
                    DatabaseChain.MORE);
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                double pipe = new Pipe(source, target).seconds();
                MeasuredRun run = chain.run(rows);
                if (round > 0) {
                    ratios.add(pipe / run.dataSeconds());
                }
                out.printf(
                        Locale.ROOT,
                        "%s  pipe %.2f s  chain %.2f s (whole command %.2f s)  ratio %.2f  peak RSS MB %s%n",
                        round == 0 ? "warm-up" : "round " + round,
                        pipe,
                        run.dataSeconds(),
                        run.wallSeconds(),
                        pipe / run.dataSeconds(),
                        run.peakMegabytes());
            }
            out.printf(Locale.ROOT, "median ratio %.2f%n", median(ratios));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
