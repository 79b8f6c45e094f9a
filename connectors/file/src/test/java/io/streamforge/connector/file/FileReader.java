package io.streamforge.connector.file;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files as somebody else's program would: with nothing of the connector. */
final class FileReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private FileReader() {}

    static List<Map<String, @Nullable Object>> rows(Path file, byte[] content, RowSchema schema) throws IOException {
        String name = file.getFileName().toString();
        byte[] plain = name.endsWith(".gz") && content.length > 0
                ? new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes()
                : content;
        String text = new String(plain, StandardCharsets.UTF_8);
        return name.contains(".jsonl") ? jsonLines(text, schema) : csv(text, schema);
    }

    private static List<Map<String, @Nullable Object>> jsonLines(String text, RowSchema schema) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        text.lines().forEach(line -> {
            JsonNode object = JSON.readTree(line);
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (Column column : schema.columns()) {
                row.put(column.name(), json(object.path(column.name()), column.type()));
            }
            rows.add(row);
        });
        return rows;
    }

    private static @Nullable Object json(JsonNode node, DataType type) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        return switch (type.kind()) {
            case JSON -> node.toString();
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                node.forEach(item -> items.add(json(item, Objects.requireNonNull(type.element()))));
                yield items;
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                node.properties()
                        .forEach(entry -> entries.put(
                                entry.getKey(), json(entry.getValue(), Objects.requireNonNull(type.element()))));
                yield entries;
            }
            default -> value(node.asString(), type);
        };
    }

    private static List<Map<String, @Nullable Object>> csv(String text, RowSchema schema) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        List<List<@Nullable String>> cells = cells(text);
        for (List<@Nullable String> row : cells.isEmpty() ? cells : cells.subList(1, cells.size())) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 0; i < schema.size(); i++) {
                String cell = row.get(i);
                DataType type = schema.column(i).type();
                boolean nested = type.kind() == DataType.Kind.ARRAY || type.kind() == DataType.Kind.MAP;
                values.put(
                        schema.column(i).name(),
                        cell == null ? null : nested ? json(JSON.readTree(cell), type) : value(cell, type));
            }
            rows.add(values);
        }
        return rows;
    }

    private static List<List<@Nullable String>> cells(String text) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<@Nullable String> row = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder cell = new StringBuilder();
            boolean quoted = text.charAt(at) == '"';
            if (quoted) {
                for (at++; text.charAt(at) != '"' || text.startsWith("\"\"", at); at++) {
                    cell.append(text.charAt(at));
                    at += text.charAt(at) == '"' ? 1 : 0;
                }
                at++;
            } else {
                while (text.charAt(at) != ',' && text.charAt(at) != '\n') {
                    cell.append(text.charAt(at++));
                }
            }
            row.add(quoted || cell.length() > 0 ? cell.toString() : null);
            if (text.charAt(at++) == '\n') {
                rows.add(row);
                row = new ArrayList<>();
            }
        }
        return rows;
    }

    private static Object value(String text, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case UINT64 -> new BigInteger(text);
            case FLOAT32 -> Float.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case STRING, INTERVAL, JSON -> text;
            case BYTES -> Base64.getDecoder().decode(text);
            case UUID -> UUID.fromString(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case TIMESTAMP_TZ -> Instant.parse(text);
            case ARRAY, MAP -> throw new AssertionError(type);
        };
    }
}
