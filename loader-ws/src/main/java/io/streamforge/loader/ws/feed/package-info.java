/**
 * A feed: one WebSocket connection at a time, and its messages.
 *
 * <p>The <b>inbox</b> holds messages between the connection's thread and the one that reads; it is bounded, and what happens when it
 * is full is the user's choice. <b>Silence</b> is a connection over which nothing comes, not even the answer to a ping; a <b>stall</b>
 * is one that answers pings and has no messages.
 */
@NullMarked
package io.streamforge.loader.ws.feed;

import org.jspecify.annotations.NullMarked;
