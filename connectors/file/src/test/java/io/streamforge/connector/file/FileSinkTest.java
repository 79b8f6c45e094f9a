package io.streamforge.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.Source;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import io.streamforge.testing.RandomRows;
import io.streamforge.testing.Records;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    private static final RowSchema SCHEMA = new RowSchema(
            "rows",
            List.of(Column.required("id", DataType.INT64), Column.nullable("name", DataType.STRING)),
            List.of("id"));

    @TempDir
    Path directory;

    @Test
    void shouldWriteEveryCellSoThatItReadsBackTheSame() throws Exception {
        write(Map.of("path", path("out.csv")), 0, "a,b", "say \"hi\"", "two\nlines", "", null, " spaces ", "cr\r");

        assertThat(Files.readString(directory.resolve("out.csv")))
                .isEqualTo(
                        "id,name\n0,\"a,b\"\n1,\"say \"\"hi\"\"\"\n2,\"two\nlines\"\n3,\"\"\n4,\n5, spaces \n6,\"cr\r\"\n");
    }

    @Test
    void shouldWriteOtherDialects() throws Exception {
        write(
                Map.of(
                        "path",
                        path("out.csv"),
                        "header",
                        "false",
                        "delimiter",
                        ";",
                        "quote",
                        "'",
                        "escape",
                        "\\",
                        "null_value",
                        "\\N"),
                0,
                "it's",
                "\\N",
                null,
                "",
                "back\\slash;");

        assertThat(directory.resolve("out.csv")).hasContent("0;'it\\'s'\n1;'\\\\N'\n2;\\N\n3;''\n4;'back\\\\slash;'\n");
    }

    @Test
    void shouldRejectACellThatNeedsQuotesWhenThereAreNone() throws Exception {
        try (Sink sink = sink(Map.of("path", path("out.csv"), "quote", "none"));
                SinkWriter writer = sink.open(context("wf-a-20240801-aaaaaa", 0))) {
            writer.restore();
            assertThat(writer.write(Records.of(SCHEMA, 0, 0)
                                    .put(1L, "a,b")
                                    .put(2L, "fine")
                                    .batch())
                            .rejected())
                    .singleElement()
                    .satisfies(rejection -> assertThat(rejection.message()).contains("'name'", "quotes"));
            writer.complete();
        }
        assertThat(directory.resolve("out.csv")).hasContent("id,name\n2,fine\n");
    }

    @Test
    void shouldReplaceTheOldFileOnlyWhenTheNewOneIsComplete() throws Exception {
        Path file = Files.writeString(directory.resolve("out.csv"), "old\n");

        try (Sink sink = sink(Map.of("path", file.toString()));
                SinkWriter writer = sink.open(context("wf-a-20240801-aaaaaa", 0))) {
            writer.restore();
            writer.write(Records.of(SCHEMA, 0, 0).put(1L, "new").batch());
            assertThat(file).hasContent("old\n");
            writer.complete();
        }

        assertThat(file).hasContent("id,name\n1,new\n");
    }

    @Test
    void shouldAppendTheRowsOfEachRunWithOneHeader() throws Exception {
        Map<String, Object> options = Map.of("path", path("out.csv"), "mode", "append");

        for (String run : List.of("aaaaaa", "bbbbbb")) {
            try (Sink sink = sink(options);
                    SinkWriter writer = sink.open(context("wf-a-20240801-" + run, 0))) {
                writer.restore();
                writer.write(Records.of(SCHEMA, 0, 0).put(1L, run).batch());
                writer.complete();
            }
        }

        assertThat(directory.resolve("out.csv")).hasContent("id,name\n1,aaaaaa\n1,bbbbbb\n");
    }

    @Test
    void shouldPutThePartsOfSeveralWritersIntoOneFile() throws Exception {
        Files.writeString(directory.resolve("out.csv"), "old\n");
        try (Sink sink = sink(Map.of("path", path("out.csv")));
                SinkWriter first = sink.open(context("wf-a-20240801-aaaaaa", 0));
                SinkWriter second = sink.open(context("wf-a-20240801-aaaaaa", 1))) {
            first.restore();
            second.restore();
            second.write(Records.of(SCHEMA, 1, 0).put(2L, "second").batch());
            first.write(Records.of(SCHEMA, 0, 0).put(1L, "first").batch());
            second.complete();
            first.complete();
            first.complete();
        }

        assertThat(directory.resolve("out.csv")).hasContent("id,name\n2,second\n1,first\n");
    }

    @Test
    void shouldKnowOfACompletedPartAfterARestart() throws Exception {
        try (Sink sink = sink(Map.of("path", path("out.csv")))) {
            SinkContext context = context("wf-a-20240801-aaaaaa", 0);
            try (SinkWriter writer = sink.open(context)) {
                writer.restore();
                writer.write(Records.of(SCHEMA, 0, 0).put(1L, "once").batch());
                writer.complete();
            }
            try (SinkWriter again = sink.open(context)) {
                assertThat(again.restore().orElseThrow().get(0).next()).isEqualTo(1);
                assertThat(again.write(Records.of(SCHEMA, 0, 0).put(1L, "once").batch())
                                .rejected())
                        .isEmpty();
                assertThatExceptionOfType(ConnectorException.class)
                        .isThrownBy(() -> again.write(
                                Records.of(SCHEMA, 0, 1).put(2L, "more").batch()));
                again.complete();
            }
        }

        assertThat(directory.resolve("out.csv")).hasContent("id,name\n1,once\n");
    }

    @Test
    void shouldNameTheFileAfterTheRunAndStayInItsDirectory() throws Exception {
        Sink sink = sink(Map.of("path", path("{workflow}/daily-{date}-{partition}.csv")));
        SinkContext hostile =
                new SinkContext("../../etc/passwd", "wf-x-20240801-abcdef", "sink", "topic", List.of(3, 4), SCHEMA);

        try (SinkWriter writer = sink.open(hostile)) {
            writer.restore();
            writer.complete();
        }

        assertThat(directory.resolve("__.._etc_passwd/daily-2024-08-01-3.csv")).hasContent("id,name\n");
    }

    @Test
    void shouldSayAtCheckThatTheTargetCannotBeWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("a-file"), "");

        assertThat(sink(Map.of("path", file + "/out.csv")).check(SCHEMA))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("FILE-ACCESS"));
        assertThat(sink(Map.of("path", directory.toString(), "format", "csv")).check(SCHEMA))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is a directory"));
        assertThat(sink(Map.of("path", path("new/dirs/out.csv"))).check(SCHEMA)).isEmpty();
    }

    @Test
    void shouldRemoveHiddenFilesOfRunsLongGone() throws Exception {
        Path old = Files.writeString(directory.resolve(".out.csv.streamforge.wf-old-20200101-aaaaaa.0.part"), "x");
        Path recent = Files.writeString(directory.resolve(".out.csv.streamforge.wf-new-20240101-aaaaaa.0.part"), "x");
        Path foreign = Files.writeString(directory.resolve(".other.csv"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));

        sink(Map.of("path", path("out.csv")))
                .open(context("wf-a-20240801-aaaaaa", 0))
                .close();

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(foreign).exists();
    }

    @Test
    void shouldReadBackWhatItWroteWhateverItIs() throws Exception {
        RowSchema schema = everyType();
        for (String extension : List.of("csv", "jsonl")) {
            for (long seed = 0; seed < 50; seed++) {
                RandomRows random = new RandomRows(seed);
                String path = path(seed + "." + extension);
                SinkContext context = new SinkContext("w", "wf-w-20240801-aaaaaa", "sink", "t", List.of(0), schema);
                List<ByteBuffer> written = new ArrayList<>();
                try (Sink sink = sink(Map.of("path", path));
                        SinkWriter writer = sink.open(context)) {
                    writer.restore();
                    Records records = Records.of(schema, 0, 0);
                    for (int i = 0; i < 50; i++) {
                        List<@Nullable Object> row = random.row(schema);
                        records.put(row);
                        written.add(ByteBuffer.wrap(RowWriter.encode(schema, row)));
                    }
                    assertThat(writer.write(records.batch()).rejected()).isEmpty();
                    writer.complete();
                }

                assertThat(readBack(path, schema))
                        .as("%s, seed %d", extension, seed)
                        .isEqualTo(written);
            }
        }
    }

    private static RowSchema everyType() {
        List<Column> columns = new ArrayList<>();
        for (String type : List.of(
                "BOOLEAN",
                "INT32",
                "INT64",
                "UINT64",
                "FLOAT32",
                "FLOAT64",
                "DECIMAL(12,2)",
                "DECIMAL(40,20)",
                "STRING",
                "BYTES",
                "UUID",
                "DATE",
                "TIME(6)",
                "TIMESTAMP(3)",
                "TIMESTAMP(9)",
                "TIMESTAMP_TZ(6)",
                "INTERVAL",
                "JSON",
                "ARRAY(STRING)",
                "MAP(DECIMAL(12,2))")) {
            columns.add(Column.nullable("maybe " + type, DataType.parse(type)));
            columns.add(Column.required("\"" + type + "\": always", DataType.parse(type)));
        }
        return new RowSchema("rows", columns, List.of());
    }

    private static List<ByteBuffer> readBack(String path, RowSchema schema) throws Exception {
        Map<String, Object> columns = new LinkedHashMap<>();
        schema.columns()
                .forEach(column -> columns.put(column.name(), column.type() + (column.nullable() ? "" : " NOT NULL")));
        try (Source source = source(Map.of("path", path, "columns", columns))) {
            Discovery found = source.discover();
            assertThat(found.schema().columns()).isEqualTo(schema.columns());
            List<ByteBuffer> rows = new ArrayList<>();
            List<RecordBatch> batches =
                    Objects.requireNonNull(source.read(found.splits().get(0), Optional.empty(), found.schema())
                            .collectList()
                            .block());
            for (RecordBatch batch : batches) {
                assertThat(batch.rejected()).isEmpty();
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(ByteBuffer.wrap(Arrays.copyOfRange(
                            batch.rows().array(),
                            batch.rows().start(i),
                            batch.rows().end(i))));
                }
            }
            return rows;
        }
    }

    private void write(Map<String, Object> options, int partition, @Nullable String... names)
            throws ConnectorException {
        try (Sink sink = sink(options);
                SinkWriter writer = sink.open(context("wf-a-20240801-aaaaaa", partition))) {
            writer.restore();
            Records records = Records.of(SCHEMA, partition, 0);
            for (int i = 0; i < names.length; i++) {
                records.put(Arrays.asList((long) i, names[i]));
            }
            assertThat(writer.write(records.batch()).rejected()).isEmpty();
            writer.complete();
        }
    }

    private static SinkContext context(String run, int partition) {
        return new SinkContext("a", run, "sink", "topic", List.of(partition), SCHEMA);
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private static Sink sink(Map<String, Object> written) throws ConnectorException {
        FileConnector connector = new FileConnector();
        return connector.sink(parse(written, connector.descriptor().sink()));
    }

    private static Source source(Map<String, Object> written) throws ConnectorException {
        FileConnector connector = new FileConnector();
        return connector.source(parse(written, connector.descriptor().source()));
    }

    private static Options parse(Map<String, Object> written, @Nullable Role role) {
        List<Problem> problems = new ArrayList<>();
        Optional<Options> options =
                new OptionParser(Objects.requireNonNull(role).options()).parse(new HashMap<>(written), problems);
        assertThat(problems).isEmpty();
        return options.orElseThrow();
    }
}
