package io.streamforge.connector.arango;

import com.arangodb.ArangoDB;
import com.arangodb.ArangoDatabase;
import com.arangodb.Protocol;
import com.arangodb.util.RawJson;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import io.streamforge.testing.SinkContract.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server to test against: the stub or a container. */
record ArangoServer(String host, int port, String username, String password) {

    static final String DATABASE = "contract";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    Map<String, Object> options(String collection, String mode) {
        Map<String, Object> options = new HashMap<>();
        options.put("url", "http://" + host + ":" + port);
        options.put("database", DATABASE);
        options.put("username", username);
        options.put("password", password);
        options.put("collection", collection);
        options.put("mode", mode);
        return options;
    }

    /** A place for the contract. */
    Target target(String collection) {
        return new Target() {
            @Override
            public Map<String, Object> options() {
                return ArangoServer.this.options(collection, "insert");
            }

            @Override
            public Map<String, Object> keyedOptions() {
                return ArangoServer.this.options(collection, "upsert");
            }

            @Override
            public List<Map<String, @Nullable Object>> rows(RowSchema schema) {
                return documents(collection).stream()
                        .map(document -> row(document, schema))
                        .toList();
            }
        };
    }

    /** All documents of a collection; none when it does not exist. */
    List<JsonNode> documents(String collection) {
        List<JsonNode> documents = new ArrayList<>();
        try (ArangoServer.Client client = client()) {
            ArangoDatabase database = client.arango().db(DATABASE);
            if (database.exists() && database.collection(collection).exists()) {
                database.query("FOR d IN @@collection RETURN d", RawJson.class, Map.of("@collection", collection))
                        .forEachRemaining(json -> documents.add(MAPPER.readTree(json.get())));
            }
        }
        return documents;
    }

    Client client() {
        return new Client(new ArangoDB.Builder()
                .protocol(Protocol.HTTP_JSON)
                .host(host, port)
                .user(username)
                .password(password)
                .build());
    }

    record Client(ArangoDB arango) implements AutoCloseable {
        @Override
        public void close() {
            arango.shutdown();
        }
    }

    private static Map<String, @Nullable Object> row(JsonNode document, RowSchema schema) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            row.put(column.name(), value(document.path(column.name()), column.type()));
        }
        return row;
    }

    private static @Nullable Object value(JsonNode json, DataType type) {
        if (type.kind() == DataType.Kind.JSON) {
            return json.isNull() ? null : json.toString();
        }
        if (json.isNull()) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> json.booleanValue();
            case INT32 -> json.intValue();
            case INT64 -> json.longValue();
            case UINT64 -> new BigInteger(json.stringValue());
            case FLOAT32 -> (float) json.doubleValue();
            case FLOAT64 -> json.doubleValue();
            case DECIMAL -> new BigDecimal(json.stringValue());
            case STRING, INTERVAL -> json.stringValue();
            case BYTES -> Base64.getDecoder().decode(json.stringValue());
            case UUID -> UUID.fromString(json.stringValue());
            case DATE -> LocalDate.parse(json.stringValue());
            case TIME -> LocalTime.parse(json.stringValue());
            case TIMESTAMP -> LocalDateTime.parse(json.stringValue());
            case TIMESTAMP_TZ -> Instant.parse(json.stringValue());
            case ARRAY ->
                json.valueStream().map(item -> value(item, element(type))).toList();
            case MAP -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                json.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue(), element(type))));
                yield map;
            }
            case JSON -> throw new IllegalStateException();
        };
    }

    private static DataType element(DataType type) {
        return Objects.requireNonNull(type.element());
    }
}
