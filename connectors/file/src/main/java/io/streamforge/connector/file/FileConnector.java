package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkConnector;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** CSV and JSON lines, plain and gzip. */
public final class FileConnector implements SourceConnector, SinkConnector {

    private static final String REQUIRED = " NOT NULL";

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "file",
                "Files",
                "CSV (RFC 4180, LF or CRLF) and JSON lines in UTF-8, plain or gzip, on a disk that the worker sees. A row with a"
                        + " value that does not fit its column is a rejected row; a row of the wrong shape (number of cells,"
                        + " quotes) costs its first line, and reading goes on at the next. Text forms in CSV: plain numbers,"
                        + " ISO-8601 dates and times (a space may stand for the T), base64 bytes, JSON for arrays and maps;"
                        + " what the sink writes the source reads back exactly.",
                new Role(
                        "loader-producer",
                        sourceOptions(),
                        "Every row exactly once: the position in each file is kept, and a file that was shortened or replaced"
                                + " after it had been read in part stops the run instead of being read at a wrong place."),
                new Role(
                        "sink-connector",
                        sinkOptions(),
                        "Every row exactly once: rows and offsets are written together to a hidden file beside the target,"
                                + " which becomes the target in one step when the run's input has ended."));
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        return new FileSource(FileOptions.of(options), columns(options.map("columns")), options.list("key"));
    }

    @Override
    public Sink sink(Options options) throws ConnectorException {
        return new FileSink(FileOptions.of(options), options.string("mode").equals("append"), new Disk.Real());
    }

    private static List<OptionSpec> sinkOptions() {
        return Stream.concat(
                        Stream.of(OptionSpec.of(
                                        "path",
                                        OptionType.STRING,
                                        "The file to write. {date} (day of the run), {run}, {workflow} and {partition} (first"
                                                + " of the writer's) are replaced; missing directories are created.")
                                .withRequired()
                                .withExample("out/daily-{date}.csv.gz")),
                        Stream.concat(
                                FileOptions.FORMATTING.stream(),
                                Stream.of(OptionSpec.of(
                                                "mode",
                                                OptionType.STRING,
                                                "replace puts a new file in the place of the old one when it is complete; append"
                                                        + " adds to it then (one run at a time).")
                                        .withAllowed("replace", "append")
                                        .withDefault("replace"))))
                .toList();
    }

    private static List<OptionSpec> sourceOptions() {
        return Stream.concat(
                        Stream.of(OptionSpec.of(
                                        "path",
                                        OptionType.STRING,
                                        "The file, or a glob (*, ?, **, {a,b}, [0-9]) of several; each file is a split of its own.")
                                .withRequired()
                                .withExample("data/orders-*.csv.gz")),
                        Stream.concat(
                                FileOptions.FORMATTING.stream(),
                                Stream.of(
                                        OptionSpec.of(
                                                        "columns",
                                                        OptionType.MAP,
                                                        "The columns to read with their types, NOT NULL where they must have a value."
                                                                + " When absent they are inferred from the first 1000 rows of up to"
                                                                + " ten files: BOOLEAN (true, false), INT64 (no leading zero),"
                                                                + " DECIMAL(38,s) when all numbers have s fractional digits or any"
                                                                + " has more than 15 digits, otherwise FLOAT64, DATE, TIMESTAMP,"
                                                                + " TIMESTAMP_TZ (with an offset), STRING.")
                                                .withExample(
                                                        "{id: INT64 NOT NULL, total: DECIMAL(12,2), created_at: TIMESTAMP}"),
                                        OptionSpec.of(
                                                        "key",
                                                        OptionType.LIST,
                                                        "The columns that identify a row; they must have a value.")
                                                .withExample("[id]"))))
                .toList();
    }

    private static List<Column> columns(Map<String, String> written) throws ConnectorException {
        List<Column> columns = new ArrayList<>();
        for (Map.Entry<String, String> entry : written.entrySet()) {
            columns.add(column(entry.getKey(), entry.getValue().strip()));
        }
        return columns;
    }

    private static Column column(String name, String written) throws ConnectorException {
        boolean required = written.toUpperCase(Locale.ROOT).endsWith(REQUIRED);
        String type = required ? written.substring(0, written.length() - REQUIRED.length()) : written;
        try {
            return new Column(name, DataType.parse(type), !required);
        } catch (IllegalArgumentException e) {
            throw FileOptions.wrong(
                    "columns." + name, String.valueOf(e.getMessage()), "for example INT64, STRING or DECIMAL(12,2)");
        }
    }
}
