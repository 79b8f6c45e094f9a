package io.streamforge.sink.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.testing.EmbeddedPostgresServer;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.worker.testing.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain with everything real: a file, Kafka, PostgreSQL, and worker processes that are killed. */
class FileToPostgresIT {

    private static final int ROWS = 300_000;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static Installation installation;
    private static Path file;

    @BeforeAll
    static void start() throws IOException {
        file = directory.resolve("rows.csv");
        Files.write(file, (Iterable<String>) IntStream.range(0, ROWS).mapToObj(FileToPostgresIT::line)::iterator);
        installation = new Installation(directory.resolve("broker"));
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static String line(int row) {
        return String.format(
                Locale.ROOT,
                "%d,%s,customer-%d,\"Berlin, Mitte\",some words that make the row longer,%d.%02d,2001-09-01,2016-01-15 09:40:19.%06d,%s",
                row,
                row % 10 == 0 ? "" : String.valueOf(row % 1000),
                row,
                row,
                row % 100,
                row,
                row % 2 == 0 ? "true" : "false");
    }

    @Test
    void shouldWriteEachRowOnceThoughBothWorkersAreKilled() throws Exception {
        PostgresDatabase database = EmbeddedPostgresServer.shared().newDatabase();
        // No key and no unique index: a doubled row would show.
        database.execute("CREATE TABLE chain " + FileToPostgres.TABLE);
        FileToPostgres run = new FileToPostgres(installation, database, file, "file-to-postgres");
        run.create();
        Process source = run.startSource(1);
        Process sink = run.startSink(1);
        await().atMost(SOON).until(() -> database.number("SELECT count(*) FROM chain") > 0);
        kill(source);
        kill(sink);

        Process lastSource = run.startSource(2);
        Process nextSink = run.startSink(2);
        long reached = database.number("SELECT count(*) FROM chain");
        await().atMost(SOON).until(() -> database.number("SELECT count(*) FROM chain") > reached);
        kill(nextSink);
        Process lastSink = run.startSink(3);
        assertThat(lastSource.waitFor(60, TimeUnit.SECONDS)).isTrue();
        run.drain(3);

        assertThat(lastSink.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Stream.of(lastSource, lastSink).map(Process::exitValue)).containsOnly(0);
        assertThat(database.query("SELECT count(*), count(DISTINCT id), sum(id), sum(quantity), sum(total) FROM chain"))
                .containsExactly(List.of(
                        (long) ROWS,
                        (long) ROWS,
                        new java.math.BigDecimal(
                                IntStream.range(0, ROWS).asLongStream().sum()),
                        IntStream.range(0, ROWS)
                                .filter(row -> row % 10 != 0)
                                .mapToLong(row -> row % 1000)
                                .sum(),
                        IntStream.range(0, ROWS)
                                .mapToObj(row -> java.math.BigDecimal.valueOf(row * 100L + row % 100, 2))
                                .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add)));
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
