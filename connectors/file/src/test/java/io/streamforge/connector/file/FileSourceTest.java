package io.streamforge.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Source;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowCursor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Exceptions;

class FileSourceTest {

    @TempDir
    Path directory;

    private final List<String> rows = new ArrayList<>();
    private final List<RejectedRow> rejected = new ArrayList<>();

    @Test
    void shouldTellNullFromEmptyText() throws Exception {
        write("a.csv", "a,b\n,\"\"\nx,y\n");

        read("a.csv", Map.of());

        assertThat(rows).containsExactly("{a=null, b=}", "{a=x, b=y}");
    }

    @Test
    void shouldTakeTheTextForNullFromTheOptions() throws Exception {
        write("a.csv", "a,b,c\n\\N,\"\\N\",\n,x,7\n");

        read("a.csv", Map.of("null_value", "\\N"));

        assertThat(rows).containsExactly("{a=null, b=\\N, c=null}", "{a=, b=x, c=7}");
    }

    @Test
    void shouldReadLineEndsOfBothKindsAndRowsOfSeveralLines() throws Exception {
        write("a.csv", "a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\n\n3,last");

        read("a.csv", Map.of());

        assertThat(rows).containsExactly("{a=1, b=x\r\ny}", "{a=2, b=z}", "{a=3, b=last}");
    }

    @Test
    void shouldReadOtherDialects() throws Exception {
        write("a.txt", "1;'it\\'s; fine';x\"y\n2;'back\\\\slash';\n");

        read("a.txt", Map.of("format", "csv", "header", "false", "delimiter", ";", "quote", "'", "escape", "\\"));

        assertThat(rows)
                .containsExactly(
                        "{column_1=1, column_2=it's; fine, column_3=x\"y}",
                        "{column_1=2, column_2=back\\slash, column_3=null}");
    }

    @Test
    void shouldSkipAByteOrderMarkAndRefuseUtf16() throws Exception {
        write("a.csv", "\uFEFFa\n1\n");
        Files.write(directory.resolve("b.csv"), "a\n1\n".getBytes(StandardCharsets.UTF_16));

        read("a.csv", Map.of());

        assertThat(rows).containsExactly("{a=1}");
        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> source("b.csv", Map.of()).discover())
                .withMessageContaining("UTF-16");
    }

    @Test
    void shouldRejectBadRowsWithTheirPlaceAndReadOn() throws Exception {
        write("orders.csv", "id,total\n1,1.50\ntwo,2.50\n3\n4,4.50,more\n5,5.50\n");

        read("orders.csv", Map.of("columns", columns("id", "INT64", "total", "DECIMAL(5,2)")));

        assertThat(rows).containsExactly("{id=1, total=1.50}", "{id=5, total=5.50}");
        assertThat(rejected)
                .extracting(RejectedRow::place)
                .containsExactly("orders.csv:3", "orders.csv:4", "orders.csv:5");
        assertThat(rejected).extracting(RejectedRow::code).containsExactly("FILE-VALUE", "CSV-CELLS", "CSV-CELLS");
        assertThat(rejected.get(0).message()).contains("'id'", "two");
        assertThat(new String(rejected.get(0).raw(), StandardCharsets.UTF_8)).isEqualTo("two,2.50");
    }

    @Test
    void shouldLoseOneLineToAQuoteThatIsNeverClosed() throws Exception {
        write("a.csv", "id,note\n1,fine\n2,\"never closed\n3,fine\n4,fine");

        read("a.csv", Map.of());

        assertThat(rows).containsExactly("{id=1, note=fine}", "{id=3, note=fine}", "{id=4, note=fine}");
        assertThat(rejected).extracting(RejectedRow::code).containsExactly("CSV-QUOTES");
        assertThat(rejected).extracting(RejectedRow::place).containsExactly("a.csv:3");
    }

    @Test
    void shouldLoseOneLineToAQuoteThatTheNextRowCloses() throws Exception {
        write("a.csv", "id,note\n1,\"open\n2,\"quoted\"\n3,\"closed\"text\n4,fine\n");

        read("a.csv", Map.of());

        assertThat(rows).containsExactly("{id=2, note=quoted}", "{id=4, note=fine}");
        assertThat(rejected).extracting(RejectedRow::place).containsExactly("a.csv:2", "a.csv:4");
    }

    @Test
    void shouldRejectTextThatIsNotUtf8() throws Exception {
        Files.write(directory.resolve("a.csv"), "a,b\nZ\u00fcrich,1\nBern,2\n".getBytes(StandardCharsets.ISO_8859_1));

        read("a.csv", Map.of());

        assertThat(rows).containsExactly("{a=Bern, b=2}");
        assertThat(rejected.get(0).message()).contains("not UTF-8");
    }

    @Test
    void shouldRejectLinesThatAreNoJsonObjects() throws Exception {
        write("a.jsonl", "{\"id\":1}\n[1]\n{\"id\":\n\n{\"id\":\"x\"}\n{\"id\":2} {}\n{\"id\":3,\"other\":true}");

        read("a.jsonl", Map.of("columns", columns("id", "INT64")));

        assertThat(rows).containsExactly("{id=1}", "{id=3}");
        assertThat(rejected)
                .extracting(RejectedRow::place)
                .containsExactly("a.jsonl:2", "a.jsonl:3", "a.jsonl:5", "a.jsonl:6");
        assertThat(rejected)
                .extracting(RejectedRow::code)
                .containsExactly("JSON-SYNTAX", "JSON-SYNTAX", "FILE-VALUE", "JSON-SYNTAX");
    }

    @Test
    void shouldRejectARowThatIsTooLongAndReadOn() throws Exception {
        String tooLong = "x".repeat(SplitReader.LONGEST_ROW + (1 << 20));
        write("a.csv", "id,note\n1,fine\n2," + tooLong + "\n3,fine\n");
        write("a.jsonl", "{\"id\":1}\n{\"id\":2,\"note\":\"" + tooLong + "\"}\n{\"id\":3}\n");

        read("a.csv", Map.of("columns", columns("id", "INT64")));
        read("a.jsonl", Map.of("columns", columns("id", "INT64")));

        assertThat(rows).containsExactly("{id=1}", "{id=3}", "{id=1}", "{id=3}");
        assertThat(rejected).extracting(RejectedRow::code).containsExactly("FILE-ROW-TOO-LONG", "FILE-ROW-TOO-LONG");
        assertThat(rejected).allSatisfy(row -> assertThat(row.raw()).hasSize(1024));
    }

    @Test
    void shouldFindColumnsByNameInEachFile() throws Exception {
        write("part-1.csv", "id,name\n1,a\n");
        write("part-2.csv", "name,extra,id\nb,?,2\n");
        write(".part-3.csv", "id,name\n9,hidden\n");

        read("part-*.csv", Map.of("columns", columns("id", "INT64")));

        assertThat(rows).containsExactly("{id=1}", "{id=2}");
    }

    @Test
    void shouldSayWhichFileLacksAColumn() throws Exception {
        write("part-1.csv", "id,name\n1,a\n");
        write("part-2.csv", "id,nam\n2,b\n");
        Source source = source("part-*.csv", Map.of("columns", columns("id", "INT64", "name", "STRING")));
        Discovery found = source.discover();

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> read(source, found, found.splits().get(1), Optional.empty()))
                .satisfies(e -> assertThat(e.error().message()).contains("part-2.csv", "'name'"))
                .satisfies(e -> assertThat(e.error().suggestion()).contains("did you mean 'nam'"));
    }

    @Test
    void shouldNotTakeAColumnThatIsNotThere() throws Exception {
        write("a.csv", "id,name\n1,a\n");

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> source("a.csv", Map.of("columns", columns("nmae", "STRING")))
                        .discover())
                .satisfies(e -> assertThat(e.error().suggestion()).contains("did you mean 'name'"));
    }

    @Test
    void shouldRequireAValueInKeyColumns() throws Exception {
        write("a.csv", "id,name\n1,a\n,b\n");

        read("a.csv", Map.of("key", List.of("id")));

        assertThat(rows).containsExactly("{id=1, name=a}");
        assertThat(rejected.get(0).message()).contains("does not allow null");
    }

    @Test
    void shouldReadOnlyTheNewRowsOfAFileThatGrew() throws Exception {
        Path file = write("a.csv", "id\n1\n2");
        Source source = source("a.csv", Map.of());
        Discovery found = source.discover();
        Split split = found.splits().get(0);
        Position end = Objects.requireNonNull(read(source, found, split, Optional.empty()));
        rows.clear();

        Files.writeString(file, "\n3\n4\n", StandardOpenOption.APPEND);
        read(source, found, split, Optional.of(end));

        assertThat(rows).containsExactly("{id=3}", "{id=4}");
    }

    @Test
    void shouldReadNothingTwiceWhenTheFileIsTheSame() throws Exception {
        write("a.csv", "id\n1\n2\n");
        Source source = source("a.csv", Map.of());
        Discovery found = source.discover();
        Position end = read(source, found, found.splits().get(0), Optional.empty());
        rows.clear();

        read(source, found, found.splits().get(0), Optional.of(Objects.requireNonNull(end)));

        assertThat(rows).isEmpty();
    }

    @Test
    void shouldHaltWhenTheFileWasShortenedOrReplaced() throws Exception {
        Path file = write("a.csv", "id,name\n1,a\n2,b\n");
        Source source = source("a.csv", Map.of());
        Discovery found = source.discover();
        Split split = found.splits().get(0);
        Optional<Position> end = Optional.ofNullable(read(source, found, split, Optional.empty()));

        for (String other : List.of("id,name\n1,a\n", "id,name\n1,A\n2,b\n3,c\n", "id,name\n1,a\n2,B\n3,c\n")) {
            Files.writeString(file, other);
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> read(source, found, split, end))
                    .satisfies(e -> assertThat(e.error().code()).isEqualTo("FILE-CHANGED"))
                    .satisfies(e -> assertThat(e.error().category().retryable()).isFalse());
        }
    }

    @Test
    void shouldReadAFileOfBlankLinesAndOneColumn() throws Exception {
        write("a.csv", "name\na\n\nb\n");

        read("a.csv", Map.of());

        assertThat(rows).containsExactly("{name=a}", "{name=null}", "{name=b}");
    }

    @Test
    void shouldSayThatAFileIsNoGzipFile() throws Exception {
        write("a.csv.gz", "id\n1\n");

        assertThatExceptionOfType(ConnectorException.class)
                .isThrownBy(() -> source("a.csv.gz", Map.of()).discover())
                .satisfies(e -> assertThat(e.error().code()).isEqualTo("FILE-GZIP"));
    }

    @Test
    void shouldInferColumnsOfJsonFromTheFirstRows() throws Exception {
        write(
                "a.jsonl",
                "{\"id\":1,\"at\":\"2024-01-01T00:00:00Z\",\"tags\":[1]}\n{\"id\":2,\"price\":1.5,\"code\":\"007\"}\n");

        assertThat(source("a.jsonl", Map.of()).discover().schema().columns())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly("id INT64", "at TIMESTAMP_TZ(6)", "tags JSON", "price DECIMAL(38,1)", "code STRING");
    }

    @Test
    void shouldReadALargeFileInLittleMemory() throws Exception {
        Path file = directory.resolve("large.csv");
        long count = 600_000;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,note\n");
            for (long i = 0; i < count; i++) {
                out.write(i + ",a note of some length so that the whole file is larger than the batches in flight\n");
            }
        }
        Source source = source("large.csv", Map.of());
        Discovery found = source.discover();
        long[] seen = new long[2];

        source.read(found.splits().get(0), Optional.empty(), found.schema())
                .doOnNext(batch -> {
                    seen[0] += batch.size();
                    seen[1] = Math.max(seen[1], batch.rows().array().length);
                })
                .blockLast();

        assertThat(seen[0]).isEqualTo(count);
        assertThat(seen[1]).as("bytes of the largest batch").isLessThan(1 << 20);
        assertThat(found.estimatedRows().orElseThrow()).isBetween(count / 2, count * 2);
    }

    private void read(String path, Map<String, Object> options) throws ConnectorException {
        Source source = source(path, options);
        Discovery found = source.discover();
        for (Split split : found.splits()) {
            read(source, found, split, Optional.empty());
        }
    }

    private @org.jspecify.annotations.Nullable Position read(
            Source source, Discovery found, Split split, Optional<Position> from) throws ConnectorException {
        try {
            List<RecordBatch> batches = Objects.requireNonNull(
                    source.read(split, from, found.schema()).collectList().block());
            RowCursor cursor = new RowCursor(found.schema());
            for (RecordBatch batch : batches) {
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(cursor.wrap(batch.rows(), i).toMap().toString());
                }
                rejected.addAll(batch.rejected());
            }
            return batches.isEmpty() ? null : batches.get(batches.size() - 1).position();
        } catch (RuntimeException e) {
            if (Exceptions.unwrap(e) instanceof ConnectorException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private Source source(String path, Map<String, Object> options) throws ConnectorException {
        Map<String, Object> written = new HashMap<>(options);
        written.put("path", directory.resolve(path).toString());
        FileConnector connector = new FileConnector();
        List<Problem> problems = new ArrayList<>();
        Optional<Options> parsed = new OptionParser(
                        Objects.requireNonNull(connector.descriptor().source()).options())
                .parse(written, problems);
        assertThat(problems).isEmpty();
        return connector.source(parsed.orElseThrow());
    }

    /** Names and types in the order given. */
    private static Map<String, Object> columns(String... namesAndTypes) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return columns;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
