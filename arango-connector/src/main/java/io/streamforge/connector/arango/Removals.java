package io.streamforge.connector.arango;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys of documents to remove, each with the version of the record that says so; of several for a key the last counts. */
final class Removals {

    private final Map<String, Long> versions = new LinkedHashMap<>();

    void add(String key, long version) {
        versions.put(key, version);
    }

    boolean contains(String key) {
        return versions.containsKey(key);
    }

    int size() {
        return versions.size();
    }

    List<Map<String, Object>> rows() {
        return versions.entrySet().stream()
                .map(removal -> Map.<String, Object>of("key", removal.getKey(), "version", removal.getValue()))
                .toList();
    }

    void clear() {
        versions.clear();
    }
}
