/**
 * Sources behind WebSockets: the live streams of an exchange, and any feed of JSON messages.
 *
 * <p>Both follow a <b>feed</b>: a connection that is made again whenever it is lost, and the messages that arrived over it and were
 * not yet read.
 */
@NullMarked
package io.streamforge.loader.ws;

import org.jspecify.annotations.NullMarked;
