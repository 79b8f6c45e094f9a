package io.streamforge.loader.ws.websocket;

import io.streamforge.loader.ws.feed.Feed;
import java.util.ArrayDeque;
import java.util.Deque;

/** Acknowledgements that wait for their messages' rows; asked for by one thread and released by another. */
final class Acks {

    private final Deque<Ack> waiting = new ArrayDeque<>();

    /** @param generation the connection over which the message came; over another one its acknowledgement means nothing */
    private record Ack(long message, long generation, String text) {}

    synchronized void await(long message, long generation, String text) {
        waiting.add(new Ack(message, generation, text));
    }

    /** All rows of messages up to this one are durable. */
    synchronized void release(long message, Feed feed) {
        while (!waiting.isEmpty() && waiting.peek().message() <= message) {
            Ack ack = waiting.remove();
            feed.send(ack.generation(), ack.text());
        }
    }
}
