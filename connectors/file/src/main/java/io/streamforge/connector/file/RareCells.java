package io.streamforge.connector.file;

import io.streamforge.messages.Json;
import io.streamforge.record.Column;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/**
 * Cells of rare types and unusual forms: read as the JSON value of the same text, so that CSV and JSON agree on what a type's
 * text is.
 */
final class RareCells {

    private final Column column;
    private final JsonRows json;
    private final RowWriter single;

    RareCells(Column column) {
        this.column = column;
        RowSchema schema = new RowSchema("cell", List.of(column), List.of());
        json = new JsonRows(schema);
        single = new RowWriter(schema);
    }

    void read(byte[] bytes, int from, int to, RowWriter target) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (column.type().kind() == Kind.JSON && text.equals("null")) {
            target.writeString(text); // JSON's null, which is not the absence of a value
            return;
        }
        try {
            byte[] object = object(text);
            json.read(object, 0, object.length, single.to(new RowBuffer(object.length + 16, 4)));
            single.endRow();
        } catch (JacksonException e) {
            throw new InvalidValueException(column, text, "is not JSON: " + firstLine(e.getOriginalMessage()));
        }
        target.copy(single.buffer().array(), 0, single.buffer().byteSize());
    }

    private byte[] object(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        try (JsonGenerator generator = Json.MAPPER.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeName(column.name());
            switch (column.type().kind()) {
                case JSON, ARRAY, MAP -> {
                    requireOneValue(text);
                    generator.writeRawValue(text);
                }
                default -> generator.writeString(text);
            }
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    private void requireOneValue(String text) {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new InvalidValueException(column, text, "is more than one JSON value");
            }
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
