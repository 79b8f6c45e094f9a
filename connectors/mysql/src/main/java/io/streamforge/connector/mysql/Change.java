package io.streamforge.connector.mysql;

import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import java.util.List;

/** What happened to a captured table, in the order of the log. */
sealed interface Change {

    TableLayout layout();

    /** Changed rows, of the layout's schema. */
    record Rows(TableLayout layout, RowBuffer rows, List<RejectedRow> rejected) implements Change {}

    /** All rows of the table are gone. */
    record Truncated(TableLayout layout, long micros) implements Change {}

    /** From here on the table has this layout. */
    record Altered(TableLayout layout, String statement) implements Change {}
}
