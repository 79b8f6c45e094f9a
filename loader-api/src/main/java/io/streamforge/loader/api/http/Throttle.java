package io.streamforge.loader.api.http;

import java.net.http.HttpHeaders;

/** Holds attempts back so that a server's limit is kept; shared by all threads of a source. */
public interface Throttle {

    /** Returns when the next attempt may be made. */
    void await() throws InterruptedException;

    /** Sees what the server says with each reply, whatever its status. */
    default void observe(HttpHeaders headers) {}
}
