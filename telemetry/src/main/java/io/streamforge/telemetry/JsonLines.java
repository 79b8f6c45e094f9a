package io.streamforge.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;
import net.logstash.logback.encoder.LogstashEncoder;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;

/**
 * Logstash's lines, with each key-value as one field of one kind: numbers and booleans are themselves, everything else is text, so
 * that an index has few fields and none of two kinds.
 */
final class JsonLines extends LogstashEncoder {

    JsonLines() {
        setIncludeKeyValuePairs(false);
        setIncludeContext(false);
        setTimeZone("UTC");
        addProvider(new KeyValues());
    }

    private static final class KeyValues extends AbstractJsonProvider<ILoggingEvent> {

        @Override
        public void writeTo(JsonGenerator generator, ILoggingEvent event) {
            List<KeyValuePair> pairs = event.getKeyValuePairs();
            if (pairs == null) {
                return;
            }
            Map<String, String> context = event.getMDCPropertyMap();
            for (KeyValuePair pair : pairs) {
                if (!context.containsKey(pair.key)) {
                    generator.writeName(pair.key);
                    write(generator, pair.value);
                }
            }
        }

        private static void write(JsonGenerator generator, Object value) {
            if (value instanceof Integer || value instanceof Long) {
                generator.writeNumber(((Number) value).longValue());
            } else if (value instanceof Boolean truth) {
                generator.writeBoolean(truth);
            } else {
                generator.writeString(String.valueOf(value));
            }
        }
    }
}
