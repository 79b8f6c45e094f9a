package io.streamforge.connector.jdbc;

import io.streamforge.messages.Json;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.PostgresDatabase;
import io.streamforge.testing.RelationalSinkContract.SqlTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code target} of a database, read with plain JDBC. */
record PostgresTarget(PostgresDatabase database) implements SqlTarget {

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
        return number("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
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
        if (database.query("SELECT to_regclass('target')").get(0).get(0) == null) {
            return List.of();
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM target")) {
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

    /** The form in which the target shows the value: intervals as the server writes ISO-8601, documents without their layout. */
    static @Nullable Object normalised(Column column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (column.type().kind()) {
            case INTERVAL -> IsoInterval.parse((String) value);
            case JSON -> Json.MAPPER.readTree((String) value);
            default -> value;
        };
    }

    private static Object value(ResultSet result, Column column) throws SQLException {
        String name = column.name();
        return switch (column.type().kind()) {
            case BOOLEAN -> result.getBoolean(name);
            case INT32 -> result.getInt(name);
            case INT64 -> result.getLong(name);
            case UINT64 -> result.getBigDecimal(name).toBigIntegerExact();
            case FLOAT32 -> result.getFloat(name);
            case FLOAT64 -> result.getDouble(name);
            case DECIMAL -> result.getBigDecimal(name);
            case STRING -> result.getString(name);
            case BYTES -> result.getBytes(name);
            case UUID -> result.getObject(name, UUID.class);
            case DATE -> result.getObject(name, LocalDate.class);
            case TIME -> result.getObject(name, LocalTime.class);
            case TIMESTAMP -> result.getObject(name, LocalDateTime.class);
            case TIMESTAMP_TZ -> result.getObject(name, OffsetDateTime.class).toInstant();
            case INTERVAL -> interval(result.getObject(name, org.postgresql.util.PGInterval.class));
            case JSON -> Json.MAPPER.readTree(result.getString(name));
            case ARRAY -> array(result, column);
            case MAP -> Json.MAPPER.readValue(result.getString(name), Map.class);
        };
    }

    private static IsoInterval interval(org.postgresql.util.PGInterval value) {
        long seconds = value.getHours() * 3600L + value.getMinutes() * 60L + value.getWholeSeconds();
        return new IsoInterval(
                value.getYears() * 12 + value.getMonths(),
                value.getDays(),
                seconds * 1_000_000 + value.getMicroSeconds());
    }

    private static Object array(ResultSet result, Column column) throws SQLException {
        DataType element = Objects.requireNonNull(column.type().element());
        if (element.kind() == DataType.Kind.ARRAY || element.kind() == DataType.Kind.MAP) {
            return Json.MAPPER.readValue(result.getString(column.name()), List.class);
        }
        return Arrays.asList((Object[]) result.getArray(column.name()).getArray());
    }
}
