package io.streamforge.connector.capture;

import io.streamforge.record.RowSchema;

/** What to do about a changed table. */
sealed interface SchemaDecision {

    /**
     * Rows are written in this schema from now on.
     *
     * @param changed the target has to follow
     * @param optional where the target cannot follow, rows go on in the schema known before
     */
    record Write(RowSchema schema, boolean changed, boolean optional) implements SchemaDecision {}

    /** @param reason what cannot be followed, with the names */
    record Halt(String reason, String suggestion) implements SchemaDecision {}
}
