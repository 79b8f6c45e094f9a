package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.record.RowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes rows to a file that appears when it is complete. */
final class FileSink implements Sink {

    /** Hidden files of runs that never ended are kept as long as their topics may be. */
    private static final Duration LEFTOVERS_KEPT = Duration.ofDays(7);

    private final FileOptions options;
    private final boolean append;
    private final Disk disk;

    FileSink(FileOptions options, boolean append, Disk disk) throws ConnectorException {
        SinkTarget.requireKnownPlaceholders(options.path());
        this.options = options;
        this.append = append;
        this.disk = disk;
    }

    @Override
    public List<Problem> check(RowSchema schema) {
        return place();
    }

    @Override
    public List<Problem> check(List<RowSchema> schemas) throws ConnectorException {
        return schemas.isEmpty() ? place() : Sink.super.check(schemas);
    }

    private List<Problem> place() {
        Path file = Path.of(options.path()).toAbsolutePath();
        if (Files.isDirectory(file)) {
            return List.of(new Problem("FILE-NOT-A-FILE", "path", "'" + file + "' is a directory", "add a file name"));
        }
        Path directory = existing(file.getParent());
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return List.of(new Problem(
                    "FILE-ACCESS",
                    "path",
                    "'" + directory + "' is not a directory that can be written to",
                    "give the worker's user access to it, or choose another"));
        }
        return List.of();
    }

    private static @Nullable Path existing(@Nullable Path directory) {
        Path found = directory;
        while (found != null && !Files.exists(found)) {
            found = found.getParent();
        }
        return found;
    }

    @Override
    public SinkWriter open(SinkContext context) throws ConnectorException {
        SinkTarget target = SinkTarget.of(options.path(), context);
        try {
            Files.createDirectories(target.directory());
            removeLeftovers(target);
            return new FileSinkWriter(target, context, options, append, disk);
        } catch (IOException e) {
            throw FileErrors.of("write", target.file(), e);
        }
    }

    private void removeLeftovers(SinkTarget target) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(LEFTOVERS_KEPT));
        try (Stream<Path> files = Files.list(target.directory())) {
            List<Path> hidden = files.filter(
                            file -> String.valueOf(file.getFileName()).startsWith(target.hiddenPrefix()))
                    .toList();
            for (Path file : hidden) {
                if (Files.exists(file) && Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                    disk.delete(file);
                }
            }
        }
    }
}
