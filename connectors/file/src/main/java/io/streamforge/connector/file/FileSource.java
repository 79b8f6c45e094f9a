package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Column;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** Reads every file as a split of its own. */
final class FileSource implements Source {

    private static final String PATH = "path";
    private static final int SAMPLED_FILES = 10;

    private final FileOptions options;
    private final List<Column> declared;
    private final List<String> key;

    /** @param declared columns the user listed; empty when they are to be inferred */
    FileSource(FileOptions options, List<Column> declared, List<String> key) {
        this.options = options;
        this.declared = List.copyOf(declared);
        this.key = List.copyOf(key);
    }

    @Override
    public Discovery discover() throws ConnectorException {
        List<Path> files = new InputFiles(options.path()).find();
        Sample sample = new Sample(options);
        for (Path file : files.subList(0, Math.min(files.size(), SAMPLED_FILES))) {
            sample.add(file);
        }
        List<Column> found = sample.columns();
        if (declared.isEmpty() && found.isEmpty()) {
            throw new ConnectorException(
                    "FILE-EMPTY",
                    Category.FATAL,
                    "'" + options.path() + "' has no rows to take columns from",
                    "say what to expect with columns: {name: TYPE}");
        }
        if (!declared.isEmpty()) {
            requireDeclared(found);
        }
        return new Discovery(schema(declared.isEmpty() ? found : declared), splits(files), estimate(files, sample));
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        Path path = Path.of(String.valueOf(split.values().get(PATH)));
        return Flux.generate(
                () -> open(path, from, schema), (reader, sink) -> emit(reader, sink, path), reader -> close(reader));
    }

    private SplitReader open(Path path, Optional<Position> from, RowSchema schema) throws ConnectorException {
        try {
            Optional<FilePosition> position =
                    from.isPresent() ? Optional.of(FilePosition.of(from.get())) : Optional.empty();
            return SplitReader.open(path, options, schema, position);
        } catch (IOException e) {
            throw FileErrors.of("read", path, e);
        }
    }

    private static SplitReader emit(SplitReader reader, SynchronousSink<RecordBatch> sink, Path path) {
        try {
            RecordBatch batch = reader.next();
            if (batch == null) {
                sink.complete();
            } else {
                sink.next(batch);
            }
        } catch (IOException e) {
            sink.error(FileErrors.of("read", path, e));
        }
        return reader;
    }

    private static void close(SplitReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot close a file that was read", e);
        }
    }

    private void requireDeclared(List<Column> found) throws ConnectorException {
        if (options.format() != FileFormat.CSV || !options.dialect().header() || found.isEmpty()) {
            return;
        }
        List<String> names = found.stream().map(Column::name).toList();
        for (Column column : declared) {
            if (!names.contains(column.name())) {
                throw new ConnectorException(
                        "FILE-COLUMN",
                        Category.FATAL,
                        "columns." + column.name() + ": the header has no such column",
                        Suggestions.sentence(column.name(), names));
            }
        }
    }

    private RowSchema schema(List<Column> columns) throws ConnectorException {
        List<String> names = columns.stream().map(Column::name).toList();
        for (String part : key) {
            if (!names.contains(part)) {
                throw new ConnectorException(
                        "FILE-COLUMN",
                        Category.FATAL,
                        "key: '" + part + "' is not a column",
                        Suggestions.sentence(part, names));
            }
        }
        List<Column> typed = columns.stream()
                .map(column -> key.contains(column.name()) ? Column.required(column.name(), column.type()) : column)
                .toList();
        return new RowSchema(name(), typed, key);
    }

    /** {@code orders} of {@code data/orders-*.csv.gz}. */
    private String name() {
        String file = options.path().substring(options.path().lastIndexOf('/') + 1);
        String stem =
                file.replaceFirst("\\..*", "").replaceAll("[*?\\[\\]{}!,]+", "").replaceAll("^[-_]+|[-_]+$", "");
        return stem.isEmpty() ? "rows" : stem;
    }

    private static List<Split> splits(List<Path> files) {
        List<Split> splits = new ArrayList<>();
        for (Path file : files) {
            splits.add(new Split(id(file), Map.of(PATH, file.toString())));
        }
        return splits;
    }

    /** The file's name, for people, and a checksum of the path, to be unique. */
    private static String id(Path file) {
        CRC32 checksum = new CRC32();
        checksum.update(file.normalize().toString().getBytes(StandardCharsets.UTF_8));
        String name = file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        String shortened = name.length() > 60 ? name.substring(0, 60) : name;
        return "%s-%08x".formatted(shortened, checksum.getValue());
    }

    private OptionalLong estimate(List<Path> files, Sample sample) throws ConnectorException {
        long total = 0;
        for (Path file : files) {
            if (options.compressed(file.toString())) {
                return OptionalLong.empty();
            }
            try {
                total += Files.size(file);
            } catch (IOException e) {
                throw FileErrors.of("read", file, e);
            }
        }
        return sample.rowBytes() == 0 ? OptionalLong.empty() : OptionalLong.of(total / sample.rowBytes());
    }
}
