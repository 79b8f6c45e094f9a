package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.http.HttpReply;
import io.streamforge.loader.api.http.Masking;
import io.streamforge.loader.api.http.Requests;
import io.streamforge.messages.ErrorInfo.Category;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/** The ways APIs page. */
final class Pagings {

    private Pagings() {}

    /** One page holds all. */
    record Single(Address address) implements Paging {

        @Override
        public String first() {
            return "";
        }

        @Override
        public URI uri(String at) {
            return address.with(Map.of());
        }

        @Override
        public Optional<String> next(String at, HttpReply reply, int rows) {
            return Optional.empty();
        }
    }

    /** Numbered pages; the first empty one is behind the last. A page may be shorter than asked for because the API has a limit. */
    record Numbered(Address address, Map<String, String> size, String parameter, long start, int pageSize)
            implements Paging {

        @Override
        public String first() {
            return Long.toString(start);
        }

        @Override
        public URI uri(String at) {
            return address.with(plus(size, parameter, at));
        }

        @Override
        public Optional<String> next(String at, HttpReply reply, int rows) {
            return rows == 0 ? Optional.empty() : Optional.of(Long.toString(Long.parseLong(at) + 1));
        }

        @Override
        public boolean mayGrow(int rows) {
            return rows < pageSize;
        }
    }

    /** Pages that begin after so many rows; again the first empty one is behind the last. */
    record Offset(Address address, Map<String, String> size, String parameter) implements Paging {

        @Override
        public String first() {
            return "0";
        }

        @Override
        public URI uri(String at) {
            return address.with(plus(size, parameter, at));
        }

        @Override
        public Optional<String> next(String at, HttpReply reply, int rows) {
            return rows == 0 ? Optional.empty() : Optional.of(Long.toString(Long.parseLong(at) + rows));
        }
    }

    /** Each page names the next one; one that names none is the last. */
    record Cursor(Address address, Map<String, String> size, String parameter, JsonPointer pointer) implements Paging {

        @Override
        public String first() {
            return "";
        }

        @Override
        public URI uri(String at) {
            return address.with(at.isEmpty() ? size : plus(size, parameter, at));
        }

        @Override
        public Optional<String> next(String at, HttpReply reply, int rows) throws ConnectorException {
            Optional<String> cursor = JsonPages.text(reply.body(), pointer);
            if (cursor.isPresent() && cursor.get().equals(at)) {
                throw circle("the cursor at " + pointer);
            }
            return cursor;
        }
    }

    /** Each page links to the next one, in its Link header or in its body. */
    record Linked(Address address, Map<String, String> size, Optional<JsonPointer> pointer) implements Paging {

        @Override
        public String first() {
            return "";
        }

        @Override
        public URI uri(String at) {
            return at.isEmpty() ? address.with(size) : address.lengthen(at);
        }

        @Override
        public Optional<String> next(String at, HttpReply reply, int rows) throws ConnectorException {
            Optional<String> link = pointer.isPresent()
                    ? JsonPages.text(reply.body(), pointer.get())
                    : LinkHeader.next(reply.headers().allValues("Link"));
            if (link.isEmpty()) {
                return link;
            }
            String next = address.shorten(sameServer(reply.uri(), link.get()));
            if (next.equals(at)) {
                throw circle("the link");
            }
            return Optional.of(next);
        }

        private URI sameServer(URI from, String link) throws ConnectorException {
            try {
                URI to = from.resolve(link);
                if (Requests.sameServer(address.url(), to)) {
                    return to;
                }
            } catch (IllegalArgumentException e) {
                throw new ConnectorException(
                        "REST-BAD-LINK", Category.FATAL, "the link to the next page is no address", null, e);
            }
            throw new ConnectorException(
                    "REST-FOREIGN-LINK",
                    Category.FATAL,
                    "the next page is on another server than " + Masking.place(address.url())
                            + ", where the headers of this one are not sent",
                    "use the address that its links have");
        }
    }

    private static ConnectorException circle(String what) {
        return new ConnectorException(
                "REST-PAGE-REPEATED",
                Category.FATAL,
                what + " leads back to the page it is on",
                "check paging and its parameters");
    }

    private static Map<String, String> plus(Map<String, String> parameters, String name, String value) {
        Map<String, String> more = new java.util.LinkedHashMap<>(parameters);
        more.put(name, value);
        return more;
    }
}
