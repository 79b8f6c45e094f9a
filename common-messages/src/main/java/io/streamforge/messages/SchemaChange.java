package io.streamforge.messages;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A schema that a source is about to use and waits for: queue-manager registers it under the subject of the one before, and tells it to
 * {@link Topics#SCHEMAS}.
 *
 * @param replaces id of the schema that the rows have had; of a table that joins, of the rows of another table of the same topic
 * @param avro the new one
 * @param joins schema of the keys of a table that joins; null for one that is there
 */
public record SchemaChange(
        int replaces, JsonNode avro, @Nullable JsonNode joins) {

    /** Rows of a table that is there become others. */
    public SchemaChange(int replaces, JsonNode avro) {
        this(replaces, avro, null);
    }
}
