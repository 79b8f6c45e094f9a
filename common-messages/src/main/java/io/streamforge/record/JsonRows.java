package io.streamforge.record;

import io.streamforge.messages.Json;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * Rows as flat JSON objects, one member per column, and back. Exact: numbers are taken from their text, never through a
 * double unless the column is one.
 *
 * <p>Numbers for BOOLEAN, INT32, INT64 and floats (except {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}); strings for
 * UINT64, DECIMAL, UUID, dates, times and intervals (ISO-8601) and BYTES (base64); JSON, ARRAY and MAP as they are. When
 * read, any number may also be a string, a decimal may be a number, and a timestamp with any offset becomes UTC. Members that
 * are no columns are skipped; an absent member is null. JSON's own null is the null of a column that allows it. One instance serves one thread.
 */
public final class JsonRows {

    private final RowSchema schema;
    private final Map<String, Integer> columns = new HashMap<>();
    private final @Nullable Object[] values;
    private final JsonValueReader reader = new JsonValueReader();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    public JsonRows(RowSchema schema) {
        this.schema = schema;
        values = new Object[schema.size()];
        for (int i = 0; i < schema.size(); i++) {
            columns.put(schema.column(i).name(), i);
        }
    }

    public RowSchema schema() {
        return schema;
    }

    /**
     * Reads the object the parser has just entered and fills one row; the caller ends the row. Afterwards the parser stands at
     * the object's end, also when a value did not fit.
     *
     * @throws InvalidValueException when a value does not fit its column; the row has been abandoned
     * @throws JacksonException when the input is no JSON; the row has been abandoned
     * @throws IllegalStateException when the parser is not at the start of an object
     */
    public void read(JsonParser parser, RowWriter writer) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalStateException("expected the start of an object, got " + parser.currentToken());
        }
        Arrays.fill(values, null);
        InvalidValueException problem = readMembers(parser);
        if (problem != null) {
            throw problem;
        }
        try {
            for (Object value : values) {
                writer.writeValue(value);
            }
        } catch (InvalidValueException e) {
            writer.abandonRow();
            throw e;
        }
    }

    /**
     * As {@link #read(JsonParser, RowWriter)}, from text that is one object and nothing else.
     *
     * @throws JacksonException when it is not
     */
    public void read(byte[] json, int from, int to, RowWriter writer) {
        try (JsonParser parser = Json.MAPPER.createParser(json, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "expected an object");
            }
            read(parser, writer);
            if (trailing(parser)) {
                writer.abandonRow();
                throw new StreamReadException(parser, "more than one value");
            }
        }
    }

    /** Writes the row as one object. */
    public void write(RowCursor row, JsonGenerator out) {
        out.writeStartObject();
        for (int i = 0; i < schema.size(); i++) {
            Column column = schema.column(i);
            out.writeName(column.name());
            JsonValueWriter.write(row.value(i), column.type(), out);
        }
        out.writeEndObject();
    }

    /** The row as one object in one line of UTF-8, without a line end. */
    public byte[] toBytes(RowCursor row) {
        bytes.reset();
        try (JsonGenerator out = Json.MAPPER.createGenerator(bytes)) {
            write(row, out);
        }
        return bytes.toByteArray();
    }

    /** One column's value as JSON text. */
    public static String text(RowCursor row, int column) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.MAPPER.createGenerator(text)) {
            JsonValueWriter.write(row.value(column), row.schema().column(column).type(), out);
        }
        return text.toString();
    }

    private @Nullable InvalidValueException readMembers(JsonParser parser) {
        InvalidValueException first = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            Integer index = columns.get(name);
            if (index == null) {
                parser.skipChildren();
                continue;
            }
            try {
                values[index] = reader.read(parser, schema.column(index));
            } catch (InvalidValueException e) {
                first = first == null ? e : first;
            }
        }
        return first;
    }

    private static boolean trailing(JsonParser parser) {
        return parser.nextToken() != null;
    }
}
