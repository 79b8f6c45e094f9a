package io.streamforge.connector.file;

import io.streamforge.connector.SinkWriter.Progress;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry of a run's placement: a part that is in its place.
 *
 * @param part file name of the part; empty for what stood in the target before the run
 * @param renamed whether the part becomes the target by being renamed, instead of being appended to it
 * @param length bytes of the target with the part
 * @param offsets progress of the part's partitions
 */
record Placed(String part, boolean renamed, long length, Map<Integer, Progress> offsets) {

    Placed {
        offsets = new TreeMap<>(offsets);
    }
}
