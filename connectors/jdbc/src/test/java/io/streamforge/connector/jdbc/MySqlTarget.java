package io.streamforge.connector.jdbc;

import io.streamforge.messages.Json;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.MySqlDatabase;
import io.streamforge.testing.RelationalSinkContract.SqlTarget;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code target} of a database, read with plain JDBC. */
record MySqlTarget(MySqlDatabase database) implements SqlTarget {

    @Override
    public void execute(String... statements) {
        database.execute(statements);
    }

    @Override
    public long number(String sql) {
        return database.number(sql);
    }

    @Override
    public long tables() {
        return number("SELECT count(*) FROM information_schema.tables WHERE table_schema = database()");
    }

    @Override
    public Map<String, Object> options() {
        return new HashMap<>(Map.of(
                "url", database.url(),
                "username", database.username(),
                "password", database.password(),
                "table", "target"));
    }

    @Override
    public Map<String, Object> keyedOptions() {
        Map<String, Object> options = options();
        options.put("mode", "upsert");
        return options;
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(RowSchema schema) {
        if (number("SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name"
                        + " = 'target'")
                == 0) {
            return List.of();
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + columns(schema) + " FROM target")) {
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (Column column : schema.columns()) {
                    Object value = result.getObject(column.name());
                    row.put(column.name(), value == null ? null : value(result, column));
                }
                rows.add(row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** The form in which the target shows the value: MySQL gives documents a layout of its own. */
    static @Nullable Object normalised(Column column, @Nullable Object value) {
        return value != null && column.type().kind() == DataType.Kind.JSON
                ? Json.MAPPER.readTree((String) value)
                : value;
    }

    private static Object value(ResultSet result, Column column) throws SQLException {
        String name = column.name();
        return switch (column.type().kind()) {
            case BOOLEAN -> result.getBoolean(name);
            case INT32 -> result.getInt(name);
            case INT64 -> result.getLong(name);
            case UINT64 -> result.getBigDecimal(name).toBigIntegerExact();
            case FLOAT32 -> (float) result.getDouble(name);
            case FLOAT64 -> result.getDouble(name);
            case DECIMAL -> result.getBigDecimal(name);
            case STRING, INTERVAL -> result.getString(name);
            case JSON -> Json.MAPPER.readTree(result.getString(name));
            case BYTES -> result.getBytes(name);
            case UUID -> UUID.fromString(result.getString(name));
            case DATE -> LocalDate.parse(result.getString(name));
            case TIME -> LocalTime.parse(result.getString(name));
            case TIMESTAMP -> moment(result, name);
            case TIMESTAMP_TZ -> moment(result, name).toInstant(ZoneOffset.UTC);
            case ARRAY ->
                list(
                        result.getString(name),
                        Objects.requireNonNull(column.type().element()));
            case MAP -> Json.MAPPER.readValue(result.getString(name), Map.class);
        };
    }

    /** The server shows six digits of a float unless it is asked for a double. */
    private static String columns(RowSchema schema) {
        return schema.columns().stream()
                .map(column -> column.type().kind() == DataType.Kind.FLOAT32
                        ? column.name() + " * 1e0 AS " + column.name()
                        : column.name())
                .collect(Collectors.joining(", "));
    }

    private static LocalDateTime moment(ResultSet result, String name) throws SQLException {
        return LocalDateTime.parse(result.getString(name).replace(' ', 'T'));
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
