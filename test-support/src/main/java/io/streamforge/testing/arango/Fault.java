package io.streamforge.testing.arango;

import java.time.Duration;

/** What can be made to go wrong. */
public sealed interface Fault {

    /** The connection is closed before the request is processed. */
    record ConnectionLost() implements Fault {}

    /** The request is processed, then the connection is closed: the client does not learn of it. */
    record AnswerLost() implements Fault {}

    /** Answered with 503 and not processed. */
    record Unavailable() implements Fault {}

    /** Processed after a while. */
    record Slow(Duration delay) implements Fault {}
}
