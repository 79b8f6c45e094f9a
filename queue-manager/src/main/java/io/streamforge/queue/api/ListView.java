package io.streamforge.queue.api;

import io.streamforge.queue.store.Page;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param total entries of the whole list
 */
public record ListView<T>(List<T> items, long total) {

    static <S, T> ListView<T> of(Page<S> page, Function<S, T> view) {
        return new ListView<>(page.items().stream().map(view).toList(), page.total());
    }

    static <T> ListView<T> of(List<T> all) {
        return new ListView<>(all, all.size());
    }
}
