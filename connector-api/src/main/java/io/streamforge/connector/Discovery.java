package io.streamforge.connector;

import io.streamforge.messages.Task.Split;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a source found.
 *
 * @param schemas of the rows, with the key if the source knows one; more than one when it reads several tables, whose names tell
 *     them apart
 * @param splits disjoint parts that cover the source, at least one; a bounded source may plan more parts than can run at once
 * @param estimatedRows when the source has an idea
 * @param evolving whether batches may come to have other columns than these, with the same key
 * @param joining whether tables that appear while it reads may join these; each has a key
 */
public record Discovery(
        List<RowSchema> schemas, List<Split> splits, OptionalLong estimatedRows, boolean evolving, boolean joining) {

    public Discovery {
        schemas = List.copyOf(schemas);
        splits = List.copyOf(splits);
        if (schemas.isEmpty() || splits.isEmpty()) {
            throw new IllegalArgumentException("a source has at least one schema and one split");
        }
    }

    /** The tables are those that there are. */
    public Discovery(List<RowSchema> schemas, List<Split> splits, OptionalLong estimatedRows, boolean evolving) {
        this(schemas, splits, estimatedRows, evolving, false);
    }

    /** Rows keep the schema they have. */
    public Discovery(List<RowSchema> schemas, List<Split> splits, OptionalLong estimatedRows) {
        this(schemas, splits, estimatedRows, false);
    }

    public Discovery(RowSchema schema, List<Split> splits, OptionalLong estimatedRows) {
        this(List.of(schema), splits, estimatedRows);
    }

    /** Of the rows of a source of one table. */
    public RowSchema schema() {
        return schemas.get(0);
    }
}
