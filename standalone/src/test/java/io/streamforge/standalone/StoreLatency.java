package io.streamforge.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long after a trade happened it can be read from the SQLite file, seen from outside: rows are looked for every 20 ms. What is seen
 * while a fault lasts, and until the backlog of every symbol has been worked off, counts apart. For markets in which every symbol is
 * traded at least once a second.
 */
final class StoreLatency implements AutoCloseable {

    private static final long LOOK_MILLIS = 20;
    private static final long CAUGHT_UP_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** Looks in a row, while trades of every symbol come and none of them late, after which a fault is over. */
    private static final int CALM_LOOKS = 100;

    private final Path file;
    private final int symbols;
    private final Map<String, Long> latest = new HashMap<>();
    private final Thread thread = new Thread(this::look, "latency");
    private final List<Long> calm = new ArrayList<>();
    private final List<Long> disturbed = new ArrayList<>();
    private final List<Duration> disturbances = new ArrayList<>();
    private volatile boolean ended;
    private long lastRow;
    private boolean disturbance;
    private long disturbedAt;
    private int calmLooks;

    StoreLatency(Path file, int symbols) {
        this.file = file;
        this.symbols = symbols;
        thread.start();
    }

    /** A fault strikes. */
    synchronized void disturb() {
        disturbance = true;
        calmLooks = 0;
        disturbedAt = System.nanoTime();
    }

    synchronized boolean disturbed() {
        return disturbance;
    }

    /** For a person. */
    synchronized String report() {
        return "calm: " + percentiles(calm) + "; around faults: " + percentiles(disturbed)
                + "; faults and catching up: " + disturbances;
    }

    /** Milliseconds, outside of faults. */
    synchronized long percentile(double share) {
        return percentile(calm, share);
    }

    private static String percentiles(List<Long> latencies) {
        return latencies.isEmpty()
                ? "none"
                : "%,d trades, p50 %d ms, p99 %d ms, p99.9 %d ms, longest %d ms"
                        .formatted(
                                latencies.size(),
                                percentile(latencies, 0.5),
                                percentile(latencies, 0.99),
                                percentile(latencies, 0.999),
                                percentile(latencies, 1));
    }

    private static long percentile(List<Long> latencies, double share) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))];
    }

    private void look() {
        @Nullable Connection connection = null;
        try {
            while (!ended) {
                Thread.sleep(LOOK_MILLIS);
                if (connection == null && Files.exists(file)) {
                    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                }
                if (connection != null) {
                    look(connection);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException("the trades cannot be read", e);
        }
    }

    private void look(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT rowid, CAST(unixepoch(time, 'subsec') * 1000 AS INTEGER), symbol FROM trades WHERE rowid > ?")) {
            query.setLong(1, lastRow);
            try (ResultSet rows = query.executeQuery()) {
                take(rows);
            }
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no such table")) {
                throw e;
            }
        }
    }

    private synchronized void take(ResultSet rows) throws SQLException {
        long now = System.currentTimeMillis();
        boolean first = lastRow == 0;
        boolean late = false;
        while (rows.next()) {
            lastRow = Math.max(lastRow, rows.getLong(1));
            long latency = now - rows.getLong(2);
            late |= latency > CAUGHT_UP_MILLIS;
            latest.merge(rows.getString(3), rows.getLong(2), Math::max);
            (disturbance || first ? disturbed : calm).add(latency);
        }
        late |= latest.size() < symbols
                || now - Collections.min(latest.values()) > LONGEST_PAUSE_MILLIS + CAUGHT_UP_MILLIS;
        calmLooks = late ? 0 : calmLooks + 1;
        if (disturbance && calmLooks > CALM_LOOKS) {
            disturbance = false;
            disturbances.add(Duration.ofMillis((System.nanoTime() - disturbedAt) / 1_000_000)
                    .minusMillis(CALM_LOOKS * LOOK_MILLIS));
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
