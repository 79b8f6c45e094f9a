/**
 * Any feed of JSON messages over a WebSocket.
 *
 * <p>The only split's position is the number of messages that were read in this workflow. A message is <b>acknowledged</b> when its
 * rows are durable; a server that sends again what was not acknowledged loses nothing.
 */
@NullMarked
package io.streamforge.loader.ws.websocket;

import org.jspecify.annotations.NullMarked;
