package io.streamforge.connector.jdbc.source;

import io.streamforge.messages.Task.Split;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Divides a selection into disjoint ranges that cover it, rows without a key included. */
final class SplitPlan {

    /** When the splits were planned, in the values of each. */
    static final String PLAN = "plan";

    private final ReadDialect dialect;
    private final ReadSettings settings;
    private final Clock clock;

    SplitPlan(ReadDialect dialect, ReadSettings settings, Clock clock) {
        this.dialect = dialect;
        this.settings = settings;
        this.clock = clock;
    }

    List<Split> splits(Connection connection, Selection selection, long rows) throws SQLException {
        List<KeyRange> ranges = ranges(cuts(connection, selection, rows));
        if (selection.nullableKey() && settings.incremental().isEmpty()) {
            ranges.add(KeyRange.NULLS);
        }
        String plan = clock.instant().toString();
        List<Split> splits = new ArrayList<>();
        for (KeyRange range : ranges) {
            Map<String, Object> values = new LinkedHashMap<>(range.toValues());
            values.put(PLAN, plan);
            splits.add(new Split(range.nulls() ? "nulls" : "rows-" + splits.size(), values));
        }
        return splits;
    }

    private List<List<String>> cuts(Connection connection, Selection selection, long rows) throws SQLException {
        if (selection.splitKey().isEmpty() || settings.incremental().isPresent()) {
            return List.of();
        }
        int parts = settings.splits().orElseGet(() -> dialect.parts(selection, rows));
        return parts == 1 ? List.of() : dialect.cuts(connection, selection, rows, parts);
    }

    private static List<KeyRange> ranges(List<List<String>> cuts) {
        List<KeyRange> ranges = new ArrayList<>();
        @Nullable List<String> after = null;
        for (List<String> cut : cuts) {
            ranges.add(new KeyRange(after, cut, false));
            after = cut;
        }
        ranges.add(new KeyRange(after, null, false));
        return ranges;
    }
}
