package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo.Category;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** The files that a path or a glob names, in order of their names. */
final class InputFiles {

    private static final String GLOB_CHARACTERS = "*?[{";

    private final String pattern;

    InputFiles(String pattern) {
        this.pattern = pattern;
    }

    /**
     * @throws ConnectorException when there are none, or they cannot be listed
     */
    List<Path> find() throws ConnectorException {
        try {
            int glob = firstGlobCharacter();
            return glob < 0 ? List.of(single(Path.of(pattern))) : matching(glob);
        } catch (IllegalArgumentException e) {
            throw FileOptions.wrong(
                    "path", "'" + pattern + "' is not a path or glob: " + e.getMessage(), "for example data/*.csv");
        } catch (IOException | java.io.UncheckedIOException e) {
            throw FileErrors.of("list the files of", pattern, e);
        }
    }

    private int firstGlobCharacter() {
        for (int i = 0; i < pattern.length(); i++) {
            if (GLOB_CHARACTERS.indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private Path single(Path file) throws ConnectorException, IOException {
        if (Files.isDirectory(file)) {
            throw new ConnectorException(
                    "FILE-NOT-A-FILE",
                    Category.FATAL,
                    "'" + file + "' is a directory",
                    "write a glob such as " + file + "/*.csv");
        }
        if (!Files.exists(file)) {
            throw missing("'" + file + "' does not exist", neighbours(file));
        }
        if (!Files.isRegularFile(file)) {
            throw new ConnectorException(
                    "FILE-NOT-A-FILE", Category.FATAL, "'" + file + "' is not a regular file", "copy it to one");
        }
        return file;
    }

    private List<Path> matching(int glob) throws ConnectorException, IOException {
        int slash = pattern.lastIndexOf('/', glob);
        Path root = Path.of(slash < 0 ? "." : pattern.substring(0, slash + 1));
        if (!Files.isDirectory(root)) {
            throw missing("directory '" + root + "' does not exist", "check the path");
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        int depth = pattern.contains("**")
                ? Integer.MAX_VALUE
                : root.relativize(root.resolve(pattern.substring(slash + 1))).getNameCount();
        try (Stream<Path> files = Files.walk(root, depth, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> found = files.filter(file -> matcher.matches(root.relativize(file)))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .map(file -> slash < 0 ? root.relativize(file) : file)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw missing("no file matches '" + pattern + "'", "check the path; hidden files do not count");
            }
            return found;
        }
    }

    private static String neighbours(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return "directory '" + directory + "' does not exist either";
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.map(neighbour -> neighbour.getFileName().toString())
                    .limit(1000)
                    .toList();
            return Suggestions.closest(file.getFileName().toString(), names)
                    .map(name -> "did you mean '" + name + "'?")
                    .orElse("check the path; it is seen from the worker's machine and directory");
        }
    }

    private static ConnectorException missing(String message, String suggestion) {
        return new ConnectorException("FILE-NOT-FOUND", Category.FATAL, message, suggestion);
    }
}
