package io.streamforge.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in a workflow, or something worth a warning.
 *
 * @param path in the document, such as {@code sinks[0].options.table}; empty for the whole
 * @param code stable
 */
public record Diagnostic(
        Level level,
        Severity severity,
        int line,
        int column,
        String path,
        String code,
        String message,
        @Nullable String suggestion) {

    private static final int MAX_TEXT = 400;
    private static final int MAX_PATH_WIDTH = 40;

    public Diagnostic {
        path = bounded(path);
        message = bounded(message);
        suggestion = suggestion == null ? null : bounded(suggestion);
    }

    /** In the order in which they are checked; a later level is only reached without errors in the earlier ones. */
    public enum Level {
        @JsonProperty("syntax")
        SYNTAX,
        @JsonProperty("structure")
        STRUCTURE,
        @JsonProperty("semantics")
        SEMANTICS,
        @JsonProperty("compatibility")
        COMPATIBILITY,
        @JsonProperty("connection")
        CONNECTION
    }

    public enum Severity {
        @JsonProperty("error")
        ERROR,
        @JsonProperty("warning")
        WARNING
    }

    public boolean error() {
        return severity == Severity.ERROR;
    }

    public static boolean anyError(List<Diagnostic> diagnostics) {
        return diagnostics.stream().anyMatch(Diagnostic::error);
    }

    static List<Diagnostic> sorted(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .sorted(Comparator.comparing(Diagnostic::line)
                        .thenComparing(Diagnostic::column)
                        .thenComparing(Diagnostic::level))
                .distinct()
                .toList();
    }

    /**
     * All diagnostics as text for people: a heading and a line each, {@code line:column  path  message; suggestion}.
     *
     * @param name what the text was read from
     */
    public static String format(String name, List<Diagnostic> diagnostics) {
        int placeWidth = width(diagnostics.stream().map(Diagnostic::place).toList());
        int pathWidth = Math.min(
                MAX_PATH_WIDTH, width(diagnostics.stream().map(Diagnostic::path).toList()));
        StringBuilder text = new StringBuilder(name)
                .append(": ")
                .append(diagnostics.size())
                .append(diagnostics.size() == 1 ? " problem" : " problems");
        for (Diagnostic one : diagnostics) {
            text.append("\n  ").append(padded(one.place(), placeWidth));
            if (pathWidth > 0) {
                text.append("  ").append(padded(one.path, pathWidth));
            }
            text.append("  ").append(one.sentence());
        }
        return text.toString();
    }

    private String place() {
        return line + ":" + column;
    }

    private String sentence() {
        String text = (error() ? "" : "warning: ") + message;
        return suggestion == null ? text : text + "; " + suggestion;
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    /** In one line and of a sensible length, whatever hostile text it quotes. */
    private static String bounded(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
