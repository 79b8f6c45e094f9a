package io.streamforge.loader.ws.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses of feeds. */
public final class FeedAddress {

    private FeedAddress() {}

    /** A ws or wss address with a host and without user and fragment; empty when it is none. */
    public static Optional<URI> parse(String text) {
        try {
            URI uri = new URI(text.strip());
            boolean scheme = "ws".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null;
            return scheme && plain ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
