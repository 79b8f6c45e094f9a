package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.Json;
import io.streamforge.record.Column;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The first rows of some files: what columns they have, of which types, and how long a row is. */
final class Sample {

    private static final int ROWS = 1000;

    private final FileOptions options;
    private final Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    private long rows;
    private long bytes;

    Sample(FileOptions options) {
        this.options = options;
    }

    /** The columns in the order of their first appearance; any of them may be null. */
    List<Column> columns() {
        List<Column> found = new ArrayList<>();
        columns.forEach((name, profile) -> found.add(Column.nullable(name, profile.type())));
        return found;
    }

    /** Mean bytes of a row, 0 when there was none. */
    long rowBytes() {
        return rows == 0 ? 0 : Math.max(1, bytes / rows);
    }

    void add(Path path) throws ConnectorException {
        try (InputFile file = InputFile.open(path, options)) {
            long begin = file.window().offset();
            if (options.format() == FileFormat.CSV) {
                addCsv(file);
            } else {
                addJson(file.window());
            }
            bytes += file.window().offset() - begin;
        } catch (IOException e) {
            throw FileErrors.of("read", path, e);
        }
    }

    private void addCsv(InputFile file) throws IOException {
        file.header().forEach(name -> columns.computeIfAbsent(name, key -> new ColumnProfile()));
        CsvFields fields = new CsvFields(options.dialect());
        InputWindow window = file.window();
        for (int row = 0; row < ROWS; row++) {
            int after = fields.split(window.bytes(), window.start(), window.end(), window.atEnd());
            while (after == CsvFields.NEED_MORE && window.unparsed() <= SplitReader.LONGEST_ROW) {
                window.fill();
                after = fields.split(window.bytes(), window.start(), window.end(), window.atEnd());
            }
            if (after < 0 || window.unparsed() == 0) {
                return;
            }
            if (!fields.blank()) {
                csvRow(fields, window.bytes(), file.header());
            }
            window.consume(after);
        }
    }

    private void csvRow(CsvFields fields, byte[] window, List<String> header) {
        if (!header.isEmpty() && fields.count() != header.size()) {
            return;
        }
        rows++;
        for (int i = 0; i < fields.count(); i++) {
            String name = header.isEmpty() ? "column_" + (i + 1) : header.get(i);
            ColumnProfile profile = columns.computeIfAbsent(name, key -> new ColumnProfile());
            String text = text(fields, window, i);
            boolean isNull = !fields.quoted(i)
                    && (text.isEmpty() || text.equals(options.dialect().nullText()));
            if (!isNull) {
                profile.add(text);
            }
        }
    }

    private static String text(CsvFields fields, byte[] window, int cell) {
        if (fields.escaped(cell)) {
            int length = fields.unescape(window, cell);
            return new String(fields.scratch(), 0, length, StandardCharsets.UTF_8);
        }
        int start = fields.start(cell);
        return new String(window, start, fields.end(cell) - start, StandardCharsets.UTF_8);
    }

    private void addJson(InputWindow window) throws IOException {
        for (int row = 0; row < ROWS; row++) {
            int lineEnd = lineEnd(window);
            if (window.start() == lineEnd && window.atEnd()) {
                return;
            }
            jsonRow(window.bytes(), window.start(), lineEnd);
            window.consume(Math.min(lineEnd + 1, window.end()));
        }
    }

    private static int lineEnd(InputWindow window) throws IOException {
        int at = window.start();
        while (true) {
            while (at < window.end() && window.bytes()[at] != '\n') {
                at++;
            }
            int parsed = at - window.start();
            if (at < window.end() || parsed > SplitReader.LONGEST_ROW || !window.fill()) {
                return at;
            }
            at = window.start() + parsed;
        }
    }

    private void jsonRow(byte[] window, int from, int to) {
        try (JsonParser parser = Json.MAPPER.createParser(window, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            rows++;
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                jsonMember(columns.computeIfAbsent(name, key -> new ColumnProfile()), parser);
            }
        } catch (JacksonException e) {
            // Not a row: it will be rejected with its place when it is read.
            return;
        }
    }

    private static void jsonMember(ColumnProfile profile, JsonParser parser) {
        JsonToken token = parser.nextToken();
        switch (token) {
            case START_OBJECT, START_ARRAY -> {
                profile.addNested();
                parser.skipChildren();
            }
            case VALUE_STRING -> {
                String text = parser.getString();
                boolean time = text.length() >= 10 && text.charAt(4) == '-';
                if (time) {
                    profile.add(text.replace(' ', '?'));
                } else {
                    profile.addText();
                }
            }
            case VALUE_NULL -> {
                // says nothing about the type
            }
            default -> profile.add(parser.getString());
        }
    }
}
