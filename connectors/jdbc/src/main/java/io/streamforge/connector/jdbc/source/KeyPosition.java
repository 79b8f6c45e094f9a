package io.streamforge.connector.jdbc.source;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a split has been read.
 *
 * @param plan when the splits were planned; a position of another plan belongs to an earlier run
 * @param key of the last row; empty when rows have no order to go on by
 * @param rows read of the split
 * @param snapshots moments as of which the split was read: 1 unless its reading was interrupted
 */
record KeyPosition(String plan, List<String> key, long rows, int snapshots) {

    private static final String PLAN = "plan";
    private static final String KEY = "key";
    private static final String ROWS = "rows";
    private static final String SNAPSHOTS = "snapshots";

    static KeyPosition of(Position position) throws ConnectorException {
        Optional<String> plan = position.text(PLAN);
        List<String> key = KeyRange.texts(position.values().get(KEY));
        Optional<Long> rows = position.number(ROWS);
        if (plan.isEmpty() || key == null || rows.isEmpty()) {
            throw new ConnectorException(
                    "JDBC-POSITION",
                    Category.FATAL,
                    "position " + position.values() + " is not a position in a table",
                    "start the workflow with from: fresh");
        }
        int snapshots = position.number(SNAPSHOTS).orElse(1L).intValue();
        return new KeyPosition(plan.get(), key, rows.get(), snapshots);
    }

    Position toPosition() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(PLAN, plan);
        values.put(KEY, key);
        values.put(ROWS, rows);
        values.put(SNAPSHOTS, snapshots);
        return new Position(values);
    }
}
