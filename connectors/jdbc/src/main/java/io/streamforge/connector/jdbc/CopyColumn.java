package io.streamforge.connector.jdbc;

import io.streamforge.record.InvalidValueException;
import io.streamforge.record.RowCursor;

/** Writes a value that is not null as PostgreSQL's binary form of the target's type, with its length before it. */
@FunctionalInterface
interface CopyColumn {

    /** @throws InvalidValueException when the type cannot hold the value; what was written of it must be dropped */
    void encode(RowCursor row, int column, CopyBuffer out);
}
