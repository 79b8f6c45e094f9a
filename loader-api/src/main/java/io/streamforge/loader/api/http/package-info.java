/**
 * Calls that are worth repeating.
 *
 * <p>A <b>call</b> is one GET whose reply has been parsed; an <b>attempt</b> is one try of it. Attempts that failed for a reason that
 * passes (no connection, 5xx, 429, a reply that is no JSON) are repeated after a <b>back-off</b> that doubles, or after the time the
 * server asks for. When every attempt in a row fails, the <b>circuit</b> opens and the server is left alone for a while.
 */
@NullMarked
package io.streamforge.loader.api.http;

import org.jspecify.annotations.NullMarked;
