package io.streamforge.connector.mysql;

import java.util.List;

/**
 * Tables that were not captured before a place of the log. What the log says of them up to there is of no use: their rows are read
 * later.
 *
 * @param at the end of the log right before the tables were looked at
 */
record Joining(BinlogPosition at, List<TableLayout> tables) {

    Joining {
        tables = List.copyOf(tables);
    }
}
