package io.streamforge.connector.jdbc.source;

import io.streamforge.record.RowWriter;

/** Decodes a value of PostgreSQL's binary form into the writer's next column. */
@FunctionalInterface
interface PostgresCell {

    /** @throws io.streamforge.record.InvalidValueException when the column cannot hold the value */
    void decode(byte[] source, int at, int length, RowWriter out);
}
