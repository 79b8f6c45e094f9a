package io.streamforge.benchmarks;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * PostgreSQL → PostgreSQL by {@code streamforge run}, with Kafka in between, against other programs, which have no log in between, each as
 * a whole command and in turn: {@code psql} into {@code psql}, dlt (needs {@code python3} and an index of packages) and SeaTunnel in local
 * mode (where {@code mvn -Ppeers package} has laid it out). Arguments: path of the {@code streamforge} command, rows (1,000,000), rounds
 * (3), directory for the peers ({@code benchmarks/target/peers}).
 */
public final class PeersToPostgres {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final int rows;
    private final SourceTable source;
    private final PostgresDatabase target;

    private PeersToPostgres(int rows, SourceTable source, PostgresDatabase target) {
        this.rows = rows;
        this.source = source;
        this.target = target;
    }

    public static void main(String[] args) throws IOException, SQLException, InterruptedException {
        Path command = Path.of(args[0]).toAbsolutePath();
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        Path home =
                Path.of(args.length > 3 ? args[3] : "benchmarks/target/peers").toAbsolutePath();
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start();
        try {
            SourceTable source = SourceTable.filled("postgresql", rows);
            new PeersToPostgres(rows, source, server.newDatabase()).measure(command, home, rounds);
        } finally {
            server.close();
        }
    }

    private void measure(Path command, Path home, int rounds) throws IOException, InterruptedException {
        PostgresDatabase from = (PostgresDatabase) source.database();
        List<Peer> peers = new ArrayList<>(List.of(Peer.dlt(home.resolve("dlt"), from, target)));
        Path seaTunnel = home.resolve("seatunnel");
        if (Files.isDirectory(seaTunnel)) {
            peers.add(Peer.seaTunnel(seaTunnel, from, source, target));
        } else {
            out.println("SeaTunnel is not at " + seaTunnel);
        }
        try (DatabaseChain chain = new DatabaseChain(command, source, target, "insert", List.of())) {
            for (int round = 0; round <= rounds; round++) {
                out.printf(
                        Locale.ROOT,
                        "%s  pipe %.2f s",
                        round == 0 ? "warm-up" : "round " + round,
                        new Pipe(source, target).seconds());
                MeasuredRun run = chain.run(rows);
                out.printf(
                        Locale.ROOT,
                        "  streamforge %.2f s, first read to last commit %.2f s",
                        run.wallSeconds(),
                        run.dataSeconds());
                for (Peer peer : peers) {
                    report(peer, run);
                }
                out.println();
            }
        }
    }

    private void report(Peer peer, MeasuredRun run) throws IOException, InterruptedException {
        double seconds = peer.seconds(target, rows);
        out.printf(
                Locale.ROOT,
                "  %s %.2f s (%.2f times streamforge's command, %.2f times first read to last commit)",
                peer.name(),
                seconds,
                seconds / run.wallSeconds(),
                seconds / run.dataSeconds());
    }
}
