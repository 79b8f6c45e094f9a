package io.streamforge.queue.store;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total entries of the whole list
 */
public record Page<T>(List<T> items, long total) {

    public Page {
        items = List.copyOf(items);
    }
}
