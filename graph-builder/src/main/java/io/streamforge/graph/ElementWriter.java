package io.streamforge.graph;

import io.streamforge.connector.GraphTables;
import io.streamforge.connector.StageOutput;
import io.streamforge.messages.Json;
import io.streamforge.record.Op;
import io.streamforge.record.RowWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes elements as rows of the two tables. Numbers in properties are JSON numbers, times and the like are ISO-8601 text. */
final class ElementWriter {

    static final String NO_PROPERTIES = "{}";

    private final StageOutput output;

    ElementWriter(StageOutput output) {
        this.output = output;
    }

    void put(Element element, long timestampMicros) {
        String properties = properties(element);
        if (element.identity().table() == GraphTables.VERTICES) {
            vertex(element, properties, timestampMicros);
        } else {
            edge(element.identity(), element.weight(), properties, element.validity(), timestampMicros);
        }
    }

    void edge(
            Element.Identity edge,
            @Nullable Double weight,
            String properties,
            Validity validity,
            long timestampMicros) {
        RowWriter row = output.row(GraphTables.EDGES);
        row.writeString(edge.id());
        row.writeString(edge.label());
        row.writeString(Objects.requireNonNull(edge.from()));
        row.writeString(Objects.requireNonNull(edge.to()));
        row.writeValue(weight);
        row.writeString(properties);
        end(row, validity, timestampMicros);
    }

    void removeEdge(String id, long timestampMicros) {
        RowWriter key = output.key(GraphTables.EDGES);
        key.writeString(id);
        key.endRow(Op.DELETE, timestampMicros);
    }

    private void vertex(Element vertex, String properties, long timestampMicros) {
        RowWriter row = output.row(GraphTables.VERTICES);
        row.writeString(vertex.identity().id());
        row.writeString(vertex.identity().label());
        row.writeString(Objects.requireNonNull(vertex.identity().name()));
        row.writeString(properties);
        end(row, vertex.validity(), timestampMicros);
    }

    private static void end(RowWriter row, Validity validity, long timestampMicros) {
        row.writeValue(validity.from());
        row.writeValue(validity.to());
        row.endRow(Op.UPSERT, timestampMicros);
    }

    private static String properties(Element element) {
        Layout layout = element.layout();
        if (layout.size() == 0) {
            return NO_PROPERTIES;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < layout.size(); i++) {
                json.writeName(layout.property(i).name());
                write(element.value(i), layout.property(i).json(), json);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, boolean raw, JsonGenerator json) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long whole) {
            json.writeNumber(whole);
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros());
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (raw) {
            json.writeRawValue(value.toString());
        } else {
            json.writeString(value.toString());
        }
    }
}
