package io.streamforge.loader.api.rest;

import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import java.util.List;

/**
 * A page on its way into batches.
 *
 * @param chunks its rows, cut to a size fit for a batch
 * @param rows all of them, those that were skipped and rejected too
 */
record ParsedPage(List<Chunk> chunks, int rows) {

    /**
     * @param end number of the last row, from 1
     */
    record Chunk(RowBuffer rows, List<RejectedRow> rejected, int end) {}
}
