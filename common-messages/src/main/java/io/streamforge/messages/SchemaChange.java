package io.streamforge.messages;

import tools.jackson.databind.JsonNode;

/**
 * A schema that a source is about to use and waits for: queue-manager registers it under the subject of the one before, and tells it to
 * {@link Topics#SCHEMAS}.
 *
 * @param replaces id of the schema that the rows have had
 * @param avro the new one
 */
public record SchemaChange(int replaces, JsonNode avro) {}
