package io.streamforge.loader.ws.exchange;

import io.streamforge.loader.ws.exchange.LiveStream.Told;

/** One sequence: a stream of a symbol, and the number that must come next; for one thread. */
final class Track {

    private static final long UNKNOWN = -1;

    private final LiveStream stream;
    private final String symbol;
    private long next = UNKNOWN;
    private boolean dropped;
    private long missed;

    Track(LiveStream stream, String symbol) {
        this.stream = stream;
        this.symbol = symbol;
    }

    /** What to do with a message. */
    enum Verdict {
        /** It is the row that must come next. */
        TAKE,
        /** It is known already, or no row. */
        PASS,
        /** Something is missing before it. */
        GAP
    }

    LiveStream stream() {
        return stream;
    }

    String symbol() {
        return symbol;
    }

    boolean known() {
        return next != UNKNOWN;
    }

    long next() {
        return next;
    }

    /** Everything before a number has been given. */
    void next(long number) {
        next = number;
    }

    /** Messages were dropped on purpose; what is missing before the next one is not to be filled. */
    void dropped() {
        dropped = true;
    }

    /** Numbers that were left out because of that. */
    long missed() {
        return missed;
    }

    /** Judges a message; after {@link Verdict#TAKE} the one behind it must come next. */
    Verdict see(Told told) {
        if (next == UNKNOWN) {
            next = stream.begin(told);
        }
        if (told.next() <= next) {
            return Verdict.PASS;
        }
        if (told.first() > next && !dropped && stream.contiguous()) {
            return Verdict.GAP;
        }
        if (told.first() > next) {
            missed += dropped ? told.first() - next : 0;
            next = told.first();
        }
        dropped = false;
        if (told.row()) {
            next = told.next();
        }
        return told.row() ? Verdict.TAKE : Verdict.PASS;
    }
}
