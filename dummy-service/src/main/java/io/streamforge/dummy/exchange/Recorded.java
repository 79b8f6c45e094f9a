package io.streamforge.dummy.exchange;

import java.time.Instant;

/**
 * What a client asked and got.
 *
 * @param uri path and query
 * @param status of the reply, or of the reply that was to be cut
 */
public record Recorded(Instant time, String uri, int status) {}
