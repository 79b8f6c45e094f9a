package io.streamforge.connector.mysql;

import java.util.Map;
import java.util.TreeMap;

/** Compares lists of the last transactions of MariaDB's domains. */
final class MariaDbHistory {

    private MariaDbHistory() {}

    /** True when every domain of {@code earlier} has come at least as far in {@code later}. */
    static boolean contains(String later, String earlier) {
        Map<String, Long> reached = sequences(later);
        return sequences(earlier).entrySet().stream()
                .allMatch(domain -> reached.getOrDefault(domain.getKey(), -1L) >= domain.getValue());
    }

    private static Map<String, Long> sequences(String gtids) {
        Map<String, Long> sequences = new TreeMap<>();
        for (String gtid : gtids.isEmpty() ? new String[0] : gtids.split(",")) {
            String[] parts = gtid.strip().split("-");
            sequences.put(parts[0], Long.parseLong(parts[2]));
        }
        return sequences;
    }
}
