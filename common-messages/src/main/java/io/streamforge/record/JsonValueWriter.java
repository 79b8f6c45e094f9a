package io.streamforge.record;

import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Column values as JSON values. */
final class JsonValueWriter {

    private JsonValueWriter() {}

    /** @param value in the Java form of the type (see {@link RowCursor#value}) */
    static void write(@Nullable Object value, DataType type, JsonGenerator out) {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT32 -> out.writeNumber((Integer) value);
            case INT64 -> out.writeNumber((Long) value);
            case FLOAT32 -> writeFloat((Float) value, out);
            case FLOAT64 -> writeDouble((Double) value, out);
            case DECIMAL -> out.writeString(((BigDecimal) value).toPlainString());
            case BYTES -> out.writeBinary((byte[]) value);
            case TIME -> out.writeString(DateTimeFormatter.ISO_LOCAL_TIME.format((TemporalAccessor) value));
            case TIMESTAMP -> out.writeString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format((TemporalAccessor) value));
            case JSON -> out.writeRawValue(oneLine((String) value));
            case ARRAY -> writeArray((List<?>) value, Objects.requireNonNull(type.element()), out);
            case MAP -> writeMap((Map<?, ?>) value, Objects.requireNonNull(type.element()), out);
            case UINT64, STRING, UUID, DATE, TIMESTAMP_TZ, INTERVAL -> out.writeString(value.toString());
        }
    }

    private static void writeFloat(float value, JsonGenerator out) {
        if (Float.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Float.toString(value));
        }
    }

    private static void writeDouble(double value, JsonGenerator out) {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeString(Double.toString(value));
        }
    }

    private static void writeArray(List<?> items, DataType element, JsonGenerator out) {
        out.writeStartArray();
        items.forEach(item -> write(item, element, out));
        out.writeEndArray();
    }

    private static void writeMap(Map<?, ?> entries, DataType element, JsonGenerator out) {
        out.writeStartObject();
        entries.forEach((name, item) -> {
            out.writeName(name.toString());
            write(item, element, out);
        });
        out.writeEndObject();
    }

    /** JSON text has line ends between its tokens only, never within a string. */
    private static String oneLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }
}
