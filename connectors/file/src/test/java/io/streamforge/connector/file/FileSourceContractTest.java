package io.streamforge.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.SourceConnector;
import io.streamforge.testing.SourceContract;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The file source against the contract of sources, in each format and compression. */
class FileSourceContractTest {

    private static final int ROWS = 30_000;

    @Nested
    class PlainCsv extends FileContract {
        PlainCsv() {
            super("csv", false);
        }
    }

    @Nested
    class GzipCsv extends FileContract {
        GzipCsv() {
            super("csv", true);
        }
    }

    @Nested
    class PlainJsonLines extends FileContract {
        PlainJsonLines() {
            super("jsonl", false);
        }
    }

    @Nested
    class GzipJsonLines extends FileContract {
        GzipJsonLines() {
            super("jsonl", true);
        }
    }

    abstract static class FileContract extends SourceContract {

        private final String format;
        private final boolean gzip;

        @TempDir
        Path directory;

        FileContract(String format, boolean gzip) {
            this.format = format;
            this.gzip = gzip;
        }

        @Override
        protected SourceConnector connector() {
            return new FileConnector();
        }

        @Override
        protected Content large() throws IOException {
            StringBuilder text = new StringBuilder(format.equals("csv") ? "id,note\n" : "");
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (long i = 0; i < ROWS; i++) {
                String note = "row " + i + (i % 7 == 0 ? "\nof \"two\" lines, " : " ") + "ü".repeat((int) (i % 40));
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                row.put("id", i);
                row.put("note", note);
                rows.add(row);
                text.append(
                        format.equals("csv")
                                ? i + ",\"" + note.replace("\"", "\"\"") + "\"\n"
                                : "{\"id\":" + i + ",\"note\":\""
                                        + note.replace("\"", "\\\"").replace("\n", "\\n") + "\"}\n");
            }
            return new Content(Map.of("path", write("large", text.toString()).toString()), rows);
        }

        @Override
        protected Content everyType() throws IOException {
            String text = format.equals("csv") ? TypeSamples.csv() : TypeSamples.jsonLines();
            return new Content(
                    Map.of("path", write("types", text).toString(), "columns", TypeSamples.columns()),
                    TypeSamples.rows());
        }

        @Override
        protected Map<String, Map<String, Object>> wrong() throws IOException {
            String path = write("small", format.equals("csv") ? "id,name\n1,a\n" : "{\"id\":1,\"name\":\"a\"}\n")
                    .toString();
            Map<String, Map<String, Object>> wrong = new LinkedHashMap<>();
            wrong.put("option is required", Map.of());
            wrong.put("did you mean 'path'", Map.of("path", path, "pathh", "x"));
            wrong.put("FILE-NOT-FOUND", Map.of("path", directory + "/absent." + format));
            wrong.put("no file matches", Map.of("path", directory + "/absent*." + format));
            wrong.put("is a directory", Map.of("path", directory.toString(), "format", format));
            wrong.put("FILE-FORMAT", Map.of("path", directory + "/file.bin"));
            wrong.put("'INT65' is not a type", Map.of("path", path, "columns", Map.of("id", "INT65")));
            wrong.put("'nme' is not a column", Map.of("path", path, "key", List.of("nme")));
            wrong.put("single ASCII character", Map.of("path", path, "delimiter", "ab"));
            wrong.put("must differ", Map.of("path", path, "delimiter", "\""));
            return wrong;
        }

        @Override
        protected void assertNothingHeld() {
            Path descriptors = Path.of("/proc/self/fd");
            if (!Files.isDirectory(descriptors)) {
                return;
            }
            try (Stream<Path> open = Files.list(descriptors)) {
                assertThat(open.map(FileContract::target)).noneMatch(target -> target.startsWith(directory.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String target(Path descriptor) {
            try {
                return Files.readSymbolicLink(descriptor).toString();
            } catch (IOException e) {
                return ""; // closed meanwhile
            }
        }

        private Path write(String name, String text) throws IOException {
            Path file = directory.resolve(name + "." + format + (gzip ? ".gz" : ""));
            try (OutputStream out =
                    gzip ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return file;
        }
    }
}
