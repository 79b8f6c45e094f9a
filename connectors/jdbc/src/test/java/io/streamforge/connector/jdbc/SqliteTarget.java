package io.streamforge.connector.jdbc;

import io.streamforge.messages.Json;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.RelationalSinkContract.SqlTarget;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code target} of a file, read with plain JDBC. */
record SqliteTarget(Path file) implements SqlTarget {

    String url() {
        return "jdbc:sqlite:" + file;
    }

    @Override
    public long number(String sql) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long tables() {
        return number("SELECT count(*) FROM sqlite_master WHERE type = 'table'");
    }

    @Override
    public void execute(String... statements) {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, Object> options() {
        return new HashMap<>(Map.of("url", url(), "table", "target"));
    }

    @Override
    public Map<String, Object> keyedOptions() {
        Map<String, Object> options = options();
        options.put("mode", "upsert");
        return options;
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(RowSchema schema) {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            try (ResultSet tables = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'target'")) {
                if (!tables.next()) {
                    return List.of();
                }
            }
            try (ResultSet result = statement.executeQuery("SELECT * FROM target")) {
                while (result.next()) {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    for (Column column : schema.columns()) {
                        Object value = result.getObject(column.name());
                        row.put(column.name(), value == null ? null : value(result, column));
                    }
                    rows.add(row);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static Object value(ResultSet result, Column column) throws SQLException {
        String name = column.name();
        String text = result.getString(name);
        return switch (column.type().kind()) {
            case BOOLEAN -> result.getBoolean(name);
            case INT32 -> result.getInt(name);
            case INT64 -> result.getLong(name);
            case UINT64 -> new BigInteger(text);
            case FLOAT32 -> (float) result.getDouble(name);
            case FLOAT64 -> result.getDouble(name);
            case DECIMAL -> new BigDecimal(text);
            case STRING, INTERVAL, JSON -> text;
            case BYTES -> result.getBytes(name);
            case UUID -> UUID.fromString(text);
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> LocalDateTime.parse(text);
            case TIMESTAMP_TZ -> Instant.parse(text);
            case ARRAY -> list(text, Objects.requireNonNull(column.type().element()));
            case MAP -> Json.MAPPER.readValue(text, Map.class);
        };
    }

    private static List<?> list(String text, DataType element) {
        List<?> items = Json.MAPPER.readValue(text, List.class);
        return switch (element.kind()) {
            case INT64 ->
                items.stream().map(item -> ((Number) item).longValue()).toList();
            case DECIMAL ->
                items.stream().map(item -> new BigDecimal((String) item)).toList();
            default -> items;
        };
    }
}
