package io.streamforge.messages;

import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Instants of control messages: epoch seconds with three fractional digits, {@code 1722500000.123}. */
final class EpochSeconds {

    private EpochSeconds() {}

    static final class Writer extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), 3));
        }
    }

    static final class Reader extends ValueDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) {
            return Instant.ofEpochMilli(
                    parser.getDecimalValue().movePointRight(3).longValue());
        }
    }
}
