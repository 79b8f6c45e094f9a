package io.streamforge.standalone;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A data directory: the user's, which stays, or a temporary one, which goes. */
final class TemporaryData implements AutoCloseable {

    private final Path directory;
    private final boolean temporary;

    private TemporaryData(Path directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    static TemporaryData orGiven(@Nullable Path given) {
        if (given != null) {
            return new TemporaryData(given, false);
        }
        try {
            return new TemporaryData(Files.createTempDirectory("streamforge"), true);
        } catch (IOException e) {
            throw new CommandException(Exit.INTERNAL, "no temporary directory can be made: " + e.getMessage(), e);
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new CommandException(Exit.INTERNAL, directory + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
