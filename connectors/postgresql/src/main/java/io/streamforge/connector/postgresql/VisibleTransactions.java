package io.streamforge.connector.postgresql;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions a statement's snapshot shows, as {@code pg_current_snapshot()} writes it: {@code xmin:xmax:xip,xip}.
 *
 * @param xmin all below are over
 * @param xmax none from here on is visible
 * @param running those in between that were not over
 */
record VisibleTransactions(long xmin, long xmax, Set<Long> running) {

    private static final long EPOCH = 1L << 32;

    VisibleTransactions {
        running = Set.copyOf(running);
    }

    static VisibleTransactions parse(String text) {
        String[] parts = text.split(":", -1);
        Set<Long> running = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",", -1)).map(Long::parseLong).collect(Collectors.toSet());
        return new VisibleTransactions(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /** @param transaction its id as the log has it, without the epoch */
    boolean show(long transaction) {
        long id = full(transaction);
        return id < xmin || (id < xmax && !running.contains(id));
    }

    /** The id nearest to the snapshot; the log's are 32 bits long and begin again. */
    private long full(long transaction) {
        long id = (xmax & -EPOCH) | (transaction & (EPOCH - 1));
        return id - xmax > EPOCH / 2 ? id - EPOCH : xmax - id > EPOCH / 2 ? id + EPOCH : id;
    }
}
