package io.streamforge.queue.api;

import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.Json;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.prepare.SchemaRegistry;
import io.streamforge.queue.store.RegisteredSchema;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Framing;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the dead letters of a run, with their rows as JSON. */
final class DeadLetterPages {

    private final Broker broker;
    private final SchemaRegistry schemas;

    DeadLetterPages(Broker broker, SchemaRegistry schemas) {
        this.broker = broker;
        this.schemas = schemas;
    }

    ListView<DeadLetterView> page(String queueId, RunFilter page) {
        List<DeadLetter> all = broker.deadLetters(queueId);
        return new ListView<>(
                all.stream()
                        .skip(page.offset())
                        .limit(page.limit())
                        .map(this::view)
                        .toList(),
                all.size());
    }

    private DeadLetterView view(DeadLetter letter) {
        byte[] value = letter.value();
        Optional<JsonNode> row = letter.encoding().equals("record") ? row(value) : Optional.empty();
        String raw = row.isPresent() || value == null ? null : new String(value, StandardCharsets.UTF_8);
        return new DeadLetterView(
                letter.place(), letter.vertex(), row.orElse(null), raw, letter.error(), letter.timestamp());
    }

    private Optional<JsonNode> row(byte @Nullable [] value) {
        if (value == null || value.length < Framing.SIZE || value[0] != 0) {
            return Optional.empty();
        }
        int id = Framing.schemaId(value);
        return schemas.all().stream()
                .filter(schema -> schema.id() == id)
                .findFirst()
                .flatMap(schema -> decode(schema, value));
    }

    private static Optional<JsonNode> decode(RegisteredSchema registered, byte[] value) {
        try {
            RowSchema schema = AvroSchemas.fromJson(registered.schema());
            RowCursor cursor = new RowCursor(schema);
            cursor.wrap(value, Framing.SIZE, value.length);
            return Optional.of(Json.MAPPER.readTree(new JsonRows(schema).toBytes(cursor)));
        } catch (JacksonException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // A letter whose row cannot be read is still shown, with its error.
            return Optional.empty();
        }
    }
}
