package io.streamforge.connector;

import java.util.List;

/**
 * What became of a batch, row by row: all rows that are not rejected are written.
 *
 * @param rejected rows the target refused, in ascending order
 */
public record WriteResult(List<Rejection> rejected) {

    public static final WriteResult ALL_WRITTEN = new WriteResult(List.of());

    public WriteResult {
        rejected = List.copyOf(rejected);
    }

    /**
     * @param row index in the batch
     * @param code stable error code
     * @param message the target's own words, in one line
     */
    public record Rejection(int row, String code, String message) {}
}
