package io.streamforge.connector;

import io.streamforge.messages.Task.Split;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a source found.
 *
 * @param schema of the rows, with the key if the source knows one
 * @param splits disjoint parts that cover the source, at least one; a bounded source may plan more parts than can run at once
 * @param estimatedRows when the source has an idea
 */
public record Discovery(RowSchema schema, List<Split> splits, OptionalLong estimatedRows) {

    public Discovery {
        splits = List.copyOf(splits);
        if (splits.isEmpty()) {
            throw new IllegalArgumentException("a source has at least one split");
        }
    }
}
