package io.streamforge.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart's values and their comments. A comment that begins with {@code # --} makes what stands below it one value. */
final class ValuesFile {

    private static final Pattern MEMBER = Pattern.compile("( *)([A-Za-z]+):\\s*(.*)");
    private static final Pattern COMMENT = Pattern.compile(" *# (-- )?(.*)");

    private final List<Value> values = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private final StringBuilder comment = new StringBuilder();
    private final StringBuilder block = new StringBuilder();
    private int documented = -1;

    private ValuesFile() {}

    /**
     * @param name with dots between its parts
     * @param fallback as YAML on one line
     * @param text what it is, blank when nothing says so
     */
    record Value(String name, String fallback, String text) {}

    static List<Value> read(Path file) throws IOException {
        ValuesFile parsed = new ValuesFile();
        Files.readAllLines(file).forEach(parsed::line);
        parsed.finish();
        return List.copyOf(parsed.values);
    }

    private void line(String line) {
        Matcher note = COMMENT.matcher(line);
        Matcher member = MEMBER.matcher(line);
        if (note.matches()) {
            finish();
            if (note.group(1) != null) {
                comment.setLength(0);
            }
            comment.append(comment.isEmpty() ? "" : " ").append(note.group(2));
        } else if (line.isBlank()) {
            finish();
            comment.setLength(0);
        } else if (documented >= 0 && indent(line) > documented) {
            block.append(block.isEmpty() ? "" : ", ").append(line.strip().replaceFirst("^- ", ""));
        } else if (member.matches()) {
            finish();
            member(member.group(1).length(), member.group(2), member.group(3));
        }
    }

    private void member(int indent, String name, String fallback) {
        while (path.size() > indent / 2) {
            path.remove(path.size() - 1);
        }
        path.add(name);
        if (!fallback.isEmpty() || !comment.isEmpty()) {
            documented = indent;
            block.setLength(0);
            block.append(fallback);
        }
    }

    private void finish() {
        if (documented >= 0) {
            values.add(new Value(String.join(".", path), block.toString(), comment.toString()));
            documented = -1;
            comment.setLength(0);
        }
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
