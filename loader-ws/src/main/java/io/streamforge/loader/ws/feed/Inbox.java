package io.streamforge.loader.ws.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages that have arrived and were not read; one thread puts them in, another takes them out. What was dropped leaves {@link
 * #DROPPED} where it would have been, so that a reader can tell it from what the server left out.
 */
final class Inbox {

    /** Stands for messages that were dropped here; compared by identity. */
    static final byte[] DROPPED = new byte[0];

    private final OnLag onLag;
    private final long capacity;
    private final Function<byte[], String> key;
    private final Deque<byte[]> messages = new ArrayDeque<>();
    /** Newest messages of their keys, behind all of {@code messages}; only with {@link OnLag#LATEST}. */
    private final Map<String, byte[]> latest = new LinkedHashMap<>();

    private long bytes;
    private long dropped;
    private boolean overflown;
    private boolean woken;

    /** @param key of a message, for {@link OnLag#LATEST} */
    Inbox(OnLag onLag, long capacity, Function<byte[], String> key) {
        this.onLag = onLag;
        this.capacity = capacity;
        this.key = key;
    }

    synchronized void put(byte[] message) {
        boolean room = latest.isEmpty() && (messages.isEmpty() || bytes + message.length <= capacity);
        if (room || onLag == OnLag.BUFFER) {
            add(message);
            return;
        }
        switch (onLag) {
            case DROP -> dropped();
            case LATEST -> {
                if (latest.put(key.apply(message), message) != null) {
                    dropped();
                }
            }
            default -> overflown = true;
        }
        notifyAll();
    }

    private void add(byte[] message) {
        messages.add(message);
        bytes += message.length;
        notifyAll();
    }

    private void dropped() {
        dropped++;
        if (messages.peekLast() != DROPPED) {
            messages.add(DROPPED);
        }
    }

    /** The oldest message, or {@link #DROPPED}; null when there is none within that time. */
    synchronized byte @Nullable [] poll(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        while (messages.isEmpty() && latest.isEmpty() && !overflown && !woken) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        woken = false;
        byte[] message = messages.poll();
        if (message != null) {
            bytes -= message.length;
            return message;
        }
        Iterator<byte[]> oldest = latest.values().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        message = oldest.next();
        oldest.remove();
        return message;
    }

    /** Lets a reader that waits look around: there is news, though no message. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Whether the connection should not be read on. */
    synchronized boolean full() {
        return onLag == OnLag.BUFFER && bytes >= capacity;
    }

    /** Whether a message came that {@link OnLag#ERROR} does not bear with. */
    synchronized boolean overflown() {
        return overflown;
    }

    /** Number of messages dropped so far. */
    synchronized long droppedMessages() {
        return dropped;
    }
}
