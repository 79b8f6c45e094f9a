package io.streamforge.queue.api;

/** Who acts. */
final class Actors {

    /** Whoever holds the admin token. */
    static final String ADMIN = "admin";

    private Actors() {}
}
