package io.streamforge.connector.file;

import io.streamforge.connector.SinkConnector;
import io.streamforge.record.Column;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.TransactionalSinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The file sink against the contract of transactional sinks, in each format and compression. */
class FileSinkContractTest {

    @Nested
    class PlainCsv extends FileContract {
        PlainCsv() {
            super("csv");
        }
    }

    @Nested
    class GzipCsv extends FileContract {
        GzipCsv() {
            super("csv.gz");
        }
    }

    @Nested
    class GzipJsonLines extends FileContract {
        GzipJsonLines() {
            super("jsonl.gz");
        }

        /** A JSON null and no value are the same in a JSON object. */
        @Override
        public @Nullable Object normalised(Column column, @Nullable Object value) {
            return column.type().kind() == Kind.JSON && "null".equals(value) ? null : value;
        }
    }

    abstract static class FileContract implements TransactionalSinkContract {

        private final String extension;
        private int targets;

        @TempDir
        Path directory;

        FileContract(String extension) {
            this.extension = extension;
        }

        @Override
        public SinkConnector connector() {
            return new FileConnector();
        }

        @Override
        public Target newTarget() {
            return new HiddenOrPlaced(directory.resolve("target-" + targets++ + "." + extension));
        }

        @Override
        public List<Map<String, Object>> badOptions() {
            return List.of(
                    Map.of(),
                    Map.of("path", "x.csv", "modus", "replace"),
                    Map.of("path", "x.csv", "mode", "upsert"),
                    Map.of("path", "x.unknown"),
                    Map.of("path", "out/{dat}.csv"),
                    Map.of("path", "out/", "format", "csv"),
                    Map.of("path", "x.csv", "delimiter", "::"),
                    Map.of("path", "x.csv", "compression", "zip"));
        }
    }

    /** What is in the target, or in the parts before there is one. */
    private record HiddenOrPlaced(Path file) implements io.streamforge.testing.SinkContract.Target {

        @Override
        public Map<String, Object> options() {
            return Map.of("path", file.toString());
        }

        @Override
        public Map<String, Object> keyedOptions() {
            return options();
        }

        @Override
        public List<Map<String, @Nullable Object>> rows(RowSchema schema) {
            try {
                if (Files.exists(file)) {
                    return FileReader.rows(file, Files.readAllBytes(file), schema);
                }
                List<Map<String, @Nullable Object>> rows = new ArrayList<>();
                for (Path part : parts()) {
                    rows.addAll(FileReader.rows(file, certain(part), schema));
                }
                return rows;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private List<Path> parts() throws IOException {
            try (Stream<Path> files = Files.list(file.getParent())) {
                return files.filter(part -> part.getFileName().toString().startsWith("." + file.getFileName() + "."))
                        .filter(part -> part.toString().endsWith(".part"))
                        .toList();
            }
        }

        private static byte[] certain(Path part) throws IOException {
            Path file = Path.of(part.toString().replaceAll("part$", "journal"));
            try (Journal<PartState> journal = new Journal<>(
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), PartState.class)) {
                List<PartState> states = journal.read();
                long length =
                        states.isEmpty() ? 0 : states.get(states.size() - 1).length();
                return Arrays.copyOf(Files.readAllBytes(part), (int) length);
            }
        }
    }
}
