package io.streamforge.queue.store;

import java.util.Map;

/** A kind of store, found by {@link java.util.ServiceLoader}. */
public interface StoreProvider {

    /** Whether a URL such as {@code sqlite:…}, {@code postgresql://…} or {@code arangodb://…} is for this kind. */
    boolean accepts(String url);

    /**
     * Connects and brings the schema up to date.
     *
     * @param url the part the user configured
     * @param properties {@code username}, {@code password} and what else the kind knows; may be empty
     * @throws StoreException when it cannot be reached or holds data of a newer version
     */
    Store open(String url, Map<String, String> properties);
}
