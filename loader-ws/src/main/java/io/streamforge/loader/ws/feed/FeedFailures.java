package io.streamforge.loader.ws.feed;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** What can go wrong with a feed, in words that name its server and never its query. */
final class FeedFailures {

    private static final int LONGEST_WAIT_DIGITS = 4;

    private final String server;

    FeedFailures(URI uri) {
        server = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    String server() {
        return server;
    }

    /** Why there is no connection; fatal when another attempt would end like this one. */
    ConnectorException connecting(Throwable cause) {
        Optional<Integer> status = response(cause).map(answer -> answer.status().code());
        if (status.isPresent()) {
            boolean again = status.get() >= 500 || status.get() == 429 || status.get() == 418 || status.get() == 408;
            return new ConnectorException(
                    again ? "FEED-AWAY" : "FEED-REFUSED",
                    again ? Category.CONNECTION : Category.FATAL,
                    server + " answered with status " + status.get(),
                    again ? null : "check the address, and headers with credentials",
                    cause);
        }
        return new ConnectorException(
                "FEED-AWAY",
                Category.CONNECTION,
                "no connection to " + server + ": " + reason(cause),
                "check that the server runs and can be reached",
                cause);
    }

    /** What the server asks to be waited for; empty when it does not. */
    Optional<Duration> retryAfter(Throwable cause) {
        return response(cause)
                .map(answer -> answer.headers().get("Retry-After"))
                .filter(text -> text.matches("\\d{1," + LONGEST_WAIT_DIGITS + "}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    ConnectorException outage(Duration limit, String lastReason) {
        return new ConnectorException(
                "FEED-AWAY",
                Category.CONNECTION,
                server + " has been away for more than " + limit + "; last: " + lastReason,
                "raise outage_limit if that is to be waited for");
    }

    ConnectorException behind() {
        return new ConnectorException(
                "FEED-BEHIND",
                Category.FATAL,
                "messages of " + server + " came faster than they were taken, and on_lag is error",
                "choose another on_lag, a larger buffer_size or max_lag, or more parallel sinks");
    }

    private static Optional<HttpResponse> response(Throwable cause) {
        return cause instanceof WebSocketClientHandshakeException handshake
                ? Optional.ofNullable(handshake.response())
                : Optional.empty();
    }

    private static String reason(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof ConnectTimeoutException) {
            return "it took too long";
        }
        if (cause instanceof UnknownHostException) {
            return "its name is not known";
        }
        return String.valueOf(cause.getMessage());
    }
}
