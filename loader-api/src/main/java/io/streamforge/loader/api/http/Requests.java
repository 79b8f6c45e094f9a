package io.streamforge.loader.api.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** GET requests with the headers a user configured. */
public final class Requests {

    private static final String USER_AGENT = "StreamForge";

    private final Map<String, String> headers;

    /**
     * Checks the headers once, so that no later message repeats their values.
     *
     * @throws IllegalArgumentException naming the header that HTTP does not allow, never its value
     */
    public Requests(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            try {
                HttpRequest.newBuilder().header(name, value);
            } catch (IllegalArgumentException e) {
                // The cause is left behind on purpose: it may quote the value.
                throw new IllegalArgumentException(
                        "header '" + name + "' cannot be sent: its name is reserved, or name or"
                                + " value hold characters that HTTP does not allow");
            }
        });
    }

    HttpRequest get(URI uri, Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(timeout).GET();
        if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("accept"))) {
            request.setHeader("Accept", "application/json");
        }
        if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("user-agent"))) {
            request.setHeader("User-Agent", USER_AGENT);
        }
        headers.forEach(request::setHeader);
        return request.build();
    }

    /** Where headers with credentials may go: the same host and port, or the same host by https. */
    public static boolean sameServer(URI from, URI to) {
        if (to.getHost() == null || !to.getHost().equalsIgnoreCase(from.getHost())) {
            return false;
        }
        boolean upgrade = scheme(from).equals("http") && scheme(to).equals("https");
        return upgrade || (scheme(from).equals(scheme(to)) && port(from) == port(to));
    }

    /**
     * An http or https address with a host.
     *
     * @throws IllegalArgumentException when it is none; the message does not repeat it
     */
    public static URI address(String text) {
        Optional<URI> uri = parse(text.strip());
        return uri.filter(found -> found.getHost() != null
                        && found.getUserInfo() == null
                        && found.getFragment() == null
                        && (scheme(found).equals("http") || scheme(found).equals("https")))
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be an http or https address such as https://api.example.com/orders, without user and"
                                + " password (use headers)"));
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
    }
}
