package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.http.HttpReply;
import java.net.URI;
import java.util.Optional;

/** How an API tells one page from another. */
interface Paging {

    /** Address of the first page. */
    String first();

    URI uri(String at);

    /**
     * Address of the page that follows; empty when there is none.
     *
     * @param rows in the page
     */
    Optional<String> next(String at, HttpReply reply, int rows) throws ConnectorException;

    /** True when rows may be appended to this very page later, though it has a page behind it. */
    default boolean mayGrow(int rows) {
        return false;
    }
}
