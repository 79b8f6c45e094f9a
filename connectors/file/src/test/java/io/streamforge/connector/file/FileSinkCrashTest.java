package io.streamforge.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkBatch;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.SinkWriter.Progress;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.Records;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The writer is cut off at every single step it takes, and the next one must leave the file as if nothing had happened. */
class FileSinkCrashTest {

    private static final RowSchema SCHEMA =
            new RowSchema("rows", List.of(Column.required("id", DataType.INT64)), List.of("id"));
    private static final long TOTAL = 40;
    private static final int BATCH = 10;
    private static final int MOST_STEPS = 500;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"csv, false", "csv, true", "csv.gz, false", "csv.gz, true"})
    void shouldHoldEachRowOnceWhereverThePowerGoes(String extension, boolean append) throws Exception {
        int survived = 0;
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            Path file = directory.resolve("out-" + steps + "." + extension);
            new SmallFile(file, extension).write("id\n-1\n");
            FaultyDisk disk = FaultyDisk.losingPowerAfter(steps);
            boolean completed = runUntilItFails(file, append, disk);
            disk.crash();

            runToTheEnd(file, append);

            assertThat(new SmallFile(file, extension).read())
                    .as("power lost after %d steps", steps)
                    .isEqualTo((append ? "id\n-1\n" : "id\n") + lines(0, TOTAL));
            survived += completed ? 1 : 0;
            if (completed && !disk.failed()) {
                break;
            }
        }
        assertThat(survived).as("the last round saw no failure").isPositive();
    }

    @ParameterizedTest
    @CsvSource({"csv", "csv.gz"})
    void shouldLoseNothingWhenTheDiskIsFullForAWhile(String extension) throws Exception {
        for (int writes = 1; writes < 12; writes++) {
            Path file = directory.resolve("full-" + writes + "." + extension);
            FaultyDisk disk = FaultyDisk.fullAfter(writes);
            try (SinkWriter writer = writer(file, false, disk)) {
                untilThereIsSpace(disk, writer::restore);
                for (long next = 0; next < TOTAL; next += BATCH) {
                    SinkBatch batch = batch(next);
                    untilThereIsSpace(disk, () -> writer.write(batch));
                }
                untilThereIsSpace(disk, writer::complete);
            }
            assertThat(new SmallFile(file, extension).read())
                    .as("full after %d writes", writes)
                    .isEqualTo("id\n" + lines(0, TOTAL));
        }
    }

    @Test
    void shouldTellOfRejectedRowsAgainWhenABatchIsWrittenAgain() throws Exception {
        Path file = directory.resolve("out.csv");
        FaultyDisk disk = FaultyDisk.fullAfter(3);
        SinkBatch batch = Records.of(SCHEMA, 0, 0).put(1L).delete(7L).put(2L).batch();

        try (SinkWriter writer = writer(file, false, disk)) {
            writer.restore();
            catchThrowableOfType(ConnectorException.class, () -> writer.write(batch));
            disk.freeSpace();

            assertThat(writer.write(batch).rejected()).singleElement().satisfies(rejection -> {
                assertThat(rejection.row()).isEqualTo(1);
                assertThat(rejection.code()).isEqualTo("FILE-DELETE");
            });
            assertThat(writer.write(batch).rejected()).hasSize(1);
            writer.complete();
        }
        assertThat(file).hasContent("id\n1\n2\n");
    }

    @Test
    void shouldLeaveNothingHiddenButTheNoteOfTheRun() throws Exception {
        runToTheEnd(directory.resolve("out.csv"), false);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("out.csv", ".out.csv.streamforge.wf-crash-20240801-a1b2c3.placed");
        }
    }

    private interface Step {
        void run() throws ConnectorException;
    }

    /** A step that fails once because the disk is full, and is tried again when there is space. */
    private static void untilThereIsSpace(FaultyDisk disk, Step step) throws ConnectorException {
        try {
            step.run();
        } catch (ConnectorException e) {
            assertThat(e.error().code()).isEqualTo("FILE-DISK-FULL");
            assertThat(e.error().category().retryable()).isTrue();
            disk.freeSpace();
            step.run();
        }
    }

    private static boolean runUntilItFails(Path file, boolean append, Disk disk) {
        try (SinkWriter writer = writer(file, append, disk)) {
            run(writer);
            return true;
        } catch (ConnectorException e) {
            return false;
        }
    }

    private static void runToTheEnd(Path file, boolean append) throws ConnectorException {
        try (SinkWriter writer = writer(file, append, new Disk.Real())) {
            run(writer);
        }
    }

    private static void run(SinkWriter writer) throws ConnectorException {
        Progress progress = writer.restore().orElseThrow().getOrDefault(0, new Progress(0, 0, 0));
        assertThat(progress.written()).isEqualTo(progress.next());
        for (long next = progress.next(); next < TOTAL; next += BATCH) {
            writer.write(batch(next));
        }
        writer.complete();
    }

    private static SinkWriter writer(Path file, boolean append, Disk disk) throws ConnectorException {
        FileOptions options = new FileOptions(file.toString(), FileFormat.CSV, CsvDialect.standard(), Optional.empty());
        return new FileSink(options, append, disk)
                .open(new SinkContext("crash", "wf-crash-20240801-a1b2c3", "sink", "topic", List.of(0), SCHEMA));
    }

    private static SinkBatch batch(long first) {
        Records records = Records.of(SCHEMA, 0, first);
        LongStream.range(first, first + BATCH).forEach(records::put);
        return records.batch();
    }

    private static String lines(long from, long to) {
        return LongStream.range(from, to).mapToObj(id -> id + "\n").collect(Collectors.joining());
    }

    /** A file, plain or gzip by its extension. */
    private record SmallFile(Path file, String extension) {

        void write(String text) throws IOException {
            try (OutputStream out = extension.endsWith("gz")
                    ? new GZIPOutputStream(Files.newOutputStream(file))
                    : Files.newOutputStream(file)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        String read() throws IOException {
            try (InputStream in = extension.endsWith("gz")
                    ? new GZIPInputStream(Files.newInputStream(file))
                    : Files.newInputStream(file)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
