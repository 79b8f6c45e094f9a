package io.streamforge.queue.store;

/**
 * A version of a subject. The same schema has the same id in all subjects.
 *
 * @param subject {@code <workflow>-<edge>-value} or {@code -key}
 * @param version 1, 2, … within the subject
 * @param schema Avro, compact JSON
 */
public record RegisteredSchema(int id, String subject, int version, String schema) {}
