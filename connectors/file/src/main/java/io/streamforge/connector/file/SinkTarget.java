package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.Suggestions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a writer writes.
 *
 * @param file what the user will see
 * @param part rows of this writer until they are put in place; hidden
 * @param journal what of the part is certain; hidden
 * @param placement what of the run has been put in place; hidden, shared by the writers of a run
 */
record SinkTarget(Path file, Path part, Path journal, Path placement) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern RUN_DATE = Pattern.compile("-(\\d{4})(\\d{2})(\\d{2})-[0-9a-z]+$");
    private static final List<String> PLACEHOLDERS = List.of("date", "partition", "run", "workflow");

    /** @throws ConnectorException when a placeholder is unknown */
    static void requireKnownPlaceholders(String pattern) throws ConnectorException {
        Matcher matcher = PLACEHOLDER.matcher(pattern);
        while (matcher.find()) {
            if (!PLACEHOLDERS.contains(matcher.group(1))) {
                throw FileOptions.wrong(
                        "path",
                        "{" + matcher.group(1) + "} is not known",
                        Suggestions.sentence(matcher.group(1), PLACEHOLDERS));
            }
        }
        if (pattern.endsWith("/") || fileName(pattern) == null) {
            throw FileOptions.wrong(
                    "path", "'" + pattern + "' is not a file's name", "add one, such as orders-{date}.csv");
        }
    }

    private static @Nullable Path fileName(String pattern) {
        try {
            return Path.of(pattern).getFileName();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    static SinkTarget of(String pattern, SinkContext context) {
        Path file = Path.of(PLACEHOLDER
                        .matcher(pattern)
                        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), context))))
                .toAbsolutePath()
                .normalize();
        String hidden = hiddenPrefix(file) + safe(context.queueId());
        String own = hidden + "." + firstPartition(context);
        return new SinkTarget(
                file,
                file.resolveSibling(own + ".part"),
                file.resolveSibling(own + ".journal"),
                file.resolveSibling(hidden + ".placed"));
    }

    Path directory() {
        Path parent = file.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /** What the names of all hidden files of this target begin with. */
    String hiddenPrefix() {
        return hiddenPrefix(file);
    }

    private static String hiddenPrefix(Path file) {
        return "." + file.getFileName() + ".streamforge.";
    }

    private static String value(String placeholder, SinkContext context) {
        return switch (placeholder) {
            case "date" -> date(context.queueId());
            case "partition" -> firstPartition(context);
            case "run" -> safe(context.queueId());
            default -> safe(context.workflow());
        };
    }

    /** The day the run was made, so that every attempt finds the same file. */
    private static String date(String queueId) {
        Matcher matcher = RUN_DATE.matcher(queueId);
        return matcher.find() ? matcher.group(1) + "-" + matcher.group(2) + "-" + matcher.group(3) : "undated";
    }

    private static String firstPartition(SinkContext context) {
        return context.partitions().stream()
                .min(Integer::compare)
                .map(String::valueOf)
                .orElse("0");
    }

    /** A name is a part of a file's name, never a path. */
    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
    }
}
