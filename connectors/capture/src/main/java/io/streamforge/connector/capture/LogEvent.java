package io.streamforge.connector.capture;

import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.util.List;

/** What a log says, in commit order. */
public sealed interface LogEvent {

    /** Where to go on when this and everything before it is durable. */
    LogPosition after();

    /**
     * Changed rows of one table, in order, each with its op and time; an update that changes the key comes as a delete and a create.
     *
     * @param schema of the rows, keyed; its name is the table's
     * @param rejected changes that could not become rows
     */
    record Rows(RowSchema schema, RowBuffer rows, LogPosition after, List<RejectedRow> rejected) implements LogEvent {

        public Rows {
            rejected = List.copyOf(rejected);
        }

        public Rows(RowSchema schema, RowBuffer rows, LogPosition after) {
            this(schema, rows, after, List.of());
        }
    }

    /** All rows of a table are gone. */
    record Truncated(String table, long timestampMicros, LogPosition after) implements LogEvent {}

    /**
     * From here on the table's rows have another schema, whose rows {@link Rows} will carry.
     *
     * @param statement the DDL where the log has it, otherwise what is known of it, for people
     */
    record SchemaChanged(RowSchema schema, String statement, LogPosition after) implements LogEvent {}

    /** Nothing for the captured tables up to here: a heartbeat, a watermark or other tables' changes. */
    record Reached(LogPosition after) implements LogEvent {}
}
