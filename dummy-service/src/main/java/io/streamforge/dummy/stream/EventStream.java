package io.streamforge.dummy.stream;

import java.util.function.Consumer;

/** What a session subscribed to, from the moment on in which it did; for one thread. */
interface EventStream {

    /**
     * Gives the events that have happened before {@code now} and have not been given; in one call so many at most that the others
     * get their turn.
     *
     * @param now epoch milliseconds
     * @param events takes their JSON
     */
    void due(long now, Consumer<String> events);

    /** Forgets the events before {@code now}. */
    void skip(long now);
}
