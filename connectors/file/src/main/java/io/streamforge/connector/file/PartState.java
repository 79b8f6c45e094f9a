package io.streamforge.connector.file;

import io.streamforge.connector.SinkWriter.Progress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry of a part's journal: what is certain.
 *
 * @param epoch counts the writers that have taken possession of the part
 * @param header bytes of the part before its first row
 * @param length bytes of the part; what lies behind them was not finished
 * @param offsets progress of each partition
 */
record PartState(long epoch, List<Integer> partitions, long header, long length, Map<Integer, Progress> offsets) {

    PartState {
        partitions = List.copyOf(partitions);
        offsets = new TreeMap<>(offsets);
    }

    PartState taken() {
        return new PartState(epoch + 1, partitions, header, length, offsets);
    }

    PartState grown(long newLength, Map<Integer, Progress> newOffsets) {
        return new PartState(epoch, partitions, header, newLength, newOffsets);
    }
}
