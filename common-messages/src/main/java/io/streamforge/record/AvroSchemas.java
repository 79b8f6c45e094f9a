package io.streamforge.record;

import io.streamforge.record.DataType.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Row schemas as Avro schemas and back. The Avro schema uses the standard logical types; what Avro cannot say (a column's
 * original name, a precision, which columns are the key) stands in {@code streamforge.*} properties that other readers ignore.
 */
public final class AvroSchemas {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMESPACE = "io.streamforge.rows";
    private static final String TYPE = "streamforge.type";
    private static final String NAME = "streamforge.name";
    private static final String KEY = "streamforge.key";

    private AvroSchemas() {}

    /** The Avro schema, a record with one field per column. */
    public static ObjectNode toAvro(RowSchema schema) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("type", "record")
                .put("name", legalName(schema.name(), new HashSet<>()))
                .put("namespace", NAMESPACE);
        record.put(NAME, schema.name());
        ArrayNode fields = record.putArray("fields");
        Set<String> taken = new HashSet<>();
        for (Column column : schema.columns()) {
            ObjectNode field = fields.addObject();
            field.put("name", legalName(column.name(), taken));
            field.put(NAME, column.name());
            if (column.nullable()) {
                field.putArray("type").add("null").add(type(column.type()));
                field.putNull("default");
            } else {
                field.set("type", type(column.type()));
            }
        }
        ArrayNode key = record.putArray(KEY);
        schema.key().forEach(key::add);
        return record;
    }

    /** The Avro schema as compact JSON text. */
    public static String toJson(RowSchema schema) {
        return toAvro(schema).toString();
    }

    /**
     * The row schema of an Avro schema that {@link #toAvro} made.
     *
     * @throws IllegalArgumentException when it was not
     */
    public static RowSchema fromAvro(JsonNode record) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode field : record.path("fields")) {
            JsonNode type = field.path("type");
            boolean nullable = type.isArray();
            JsonNode value = nullable ? type.path(1) : type;
            String logical = value.path(TYPE).asString("");
            if (logical.isEmpty()) {
                throw new IllegalArgumentException(
                        "field '" + field.path("name").asString("") + "' has no " + TYPE);
            }
            columns.add(new Column(field.path(NAME).asString(), DataType.parse(logical), nullable));
        }
        List<String> key = new ArrayList<>();
        record.path(KEY).forEach(part -> key.add(part.asString()));
        return new RowSchema(record.path(NAME).asString(), columns, key);
    }

    public static RowSchema fromJson(String json) {
        return fromAvro(JSON.readTree(json));
    }

    private static ObjectNode type(DataType type) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        switch (type.kind()) {
            case BOOLEAN -> node.put("type", "boolean");
            case INT32 -> node.put("type", "int");
            case INT64 -> node.put("type", "long");
            case UINT64 -> decimal(node, 20, 0);
            case FLOAT32 -> node.put("type", "float");
            case FLOAT64 -> node.put("type", "double");
            case DECIMAL -> decimal(node, type.precision(), type.scale());
            case STRING -> node.put("type", "string");
            case BYTES -> node.put("type", "bytes");
            case UUID -> logical(node, "string", "uuid");
            case DATE -> logical(node, "int", "date");
            case TIME -> logical(node, "long", "time-micros");
            case TIMESTAMP -> logical(node, "long", type.nanos() ? "local-timestamp-nanos" : "local-timestamp-micros");
            case TIMESTAMP_TZ -> logical(node, "long", type.nanos() ? "timestamp-nanos" : "timestamp-micros");
            case INTERVAL -> logical(node, "string", "interval");
            case JSON -> logical(node, "string", "json");
            case ARRAY, MAP -> {
                boolean array = type.kind() == Kind.ARRAY;
                node.put("type", array ? "array" : "map");
                node.putArray(array ? "items" : "values").add("null").add(type(Objects.requireNonNull(type.element())));
            }
        }
        return node.put(TYPE, type.toString());
    }

    private static void decimal(ObjectNode node, int precision, int scale) {
        logical(node, "bytes", "decimal");
        node.put("precision", precision).put("scale", scale);
    }

    private static void logical(ObjectNode node, String type, String logicalType) {
        node.put("type", type).put("logicalType", logicalType);
    }

    /** Avro names are {@code [A-Za-z_][A-Za-z0-9_]*}: other characters become underscores, then a number keeps it unique. */
    private static String legalName(String name, Set<String> taken) {
        String legal = name.replaceAll("[^A-Za-z0-9_]", "_");
        if (legal.isEmpty() || Character.isDigit(legal.charAt(0))) {
            legal = "_" + legal;
        }
        String unique = legal;
        for (int i = 2; !taken.add(unique); i++) {
            unique = legal + "_" + i;
        }
        return unique;
    }
}
