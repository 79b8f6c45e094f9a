package io.streamforge.loader.api.http;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with a call, in words. Codes are {@code <PREFIX>-UNREACHABLE}, {@code -TIMEOUT}, {@code -CONNECTION-LOST}, {@code
 * -SERVER-ERROR}, {@code -RATE-LIMITED}, {@code -BAD-RESPONSE}, {@code -CIRCUIT-OPEN} (all worth repeating) and {@code -UNAUTHORIZED},
 * {@code -NOT-FOUND}, {@code -REFUSED}, {@code -REDIRECT}, {@code -TOO-LARGE} (not).
 */
final class Failures {

    private final String prefix;
    private final Masking masking;

    Failures(String prefix, Masking masking) {
        this.prefix = prefix;
        this.masking = masking;
    }

    /** A failure that may pass. */
    static final class TryAgainException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient ErrorInfo error;
        private final @Nullable Duration retryAfter;

        TryAgainException(ErrorInfo error, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(error.message(), cause);
            this.error = error;
            this.retryAfter = retryAfter;
        }

        ErrorInfo error() {
            return error;
        }

        /** How long the server wants to be left alone. */
        Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }

        boolean rateLimited() {
            return error.code().endsWith("-RATE-LIMITED");
        }
    }

    /**
     * The failure of a connection.
     *
     * @throws ConnectorException when repeating cannot help
     */
    TryAgainException connection(URI uri, Throwable cause, HttpOptions options) throws ConnectorException {
        String place = Masking.place(uri);
        if (cause instanceof BoundedBody.TooLargeException) {
            throw fatal(
                    "TOO-LARGE",
                    place + ": " + cause.getMessage(),
                    "ask for smaller pages, or raise max_response_size");
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return again(
                    "UNREACHABLE",
                    place + ": no connection within " + options.connectTimeout(),
                    "check the address and the way there, or raise connect_timeout",
                    cause);
        }
        if (cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException) {
            return again(
                    "UNREACHABLE",
                    place + ": " + reason(cause),
                    "check the address, and that the server runs and can be reached from here",
                    cause);
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return again(
                    "TIMEOUT",
                    place + ": no whole reply within " + options.readTimeout(),
                    "ask for smaller pages, or raise read_timeout",
                    cause);
        }
        if (cause instanceof SSLException) {
            return again(
                    "UNREACHABLE",
                    place + ": TLS failed: " + masking.text(String.valueOf(cause.getMessage())),
                    "check that the address is one of HTTPS and that this machine trusts its certificate",
                    cause);
        }
        if (cause instanceof IOException) {
            return again(
                    "CONNECTION-LOST", place + ": the connection was lost before the reply was whole", null, cause);
        }
        throw new IllegalStateException("call of " + place + " failed", cause);
    }

    TryAgainException serverError(URI uri, int status, @Nullable Duration retryAfter) {
        String message = Masking.place(uri) + " answered " + status;
        return new TryAgainException(info("SERVER-ERROR", Category.TRANSIENT, message, null), retryAfter, null);
    }

    TryAgainException rateLimited(URI uri, int status, @Nullable Duration retryAfter) {
        String message = Masking.place(uri) + " answered " + status + ": too many requests";
        String suggestion = "lower requests_per_minute or the parallelism";
        return new TryAgainException(info("RATE-LIMITED", Category.TRANSIENT, message, suggestion), retryAfter, null);
    }

    TryAgainException malformed(URI uri) {
        String message = Masking.place(uri) + " answered with something that is no JSON";
        String suggestion = "check that the address is that of the API and not of a web page in front of it";
        return new TryAgainException(info("BAD-RESPONSE", Category.TRANSIENT, message, suggestion), null, null);
    }

    TryAgainException circuitOpen(URI uri, String last, Duration wait) {
        String message =
                Masking.place(uri) + " is left alone for " + wait + " after failures in a row; the last: " + last;
        return new TryAgainException(info("CIRCUIT-OPEN", Category.CONNECTION, message, null), null, null);
    }

    ConnectorException tooLong(URI uri, Duration asked, Duration limit) {
        String message = Masking.place(uri) + " asks to wait " + asked + ", which is more than " + limit;
        return new ConnectorException(
                info("RATE-LIMITED", Category.TRANSIENT, message, "raise retry_after_limit, or try later"), null);
    }

    ConnectorException refused(URI uri, int status, String body) {
        String answer = Masking.place(uri) + " answered " + status + (body.isBlank() ? "" : ": " + masking.text(body));
        return switch (status) {
            case 401, 403 -> fatal("UNAUTHORIZED", answer, "check the credentials in headers or query");
            case 404, 410 -> fatal("NOT-FOUND", answer, "check the path of the address");
            default -> fatal("REFUSED", answer, null);
        };
    }

    ConnectorException redirect(URI from, @Nullable URI to) {
        String target = to == null || to.getHost() == null ? "nowhere" : Masking.place(to);
        return fatal(
                "REDIRECT",
                Masking.place(from) + " redirects to " + target
                        + ", which is not followed because headers may hold credentials",
                "use the address it redirects to");
    }

    private ConnectorException fatal(String code, String message, @Nullable String suggestion) {
        return new ConnectorException(info(code, Category.FATAL, message, suggestion), null);
    }

    private TryAgainException again(String code, String message, @Nullable String suggestion, Throwable cause) {
        return new TryAgainException(info(code, Category.CONNECTION, message, suggestion), null, cause);
    }

    private ErrorInfo info(String code, Category category, String message, @Nullable String suggestion) {
        return new ErrorInfo(prefix + "-" + code, category, message, null, suggestion);
    }

    private static String reason(Throwable cause) {
        boolean unknown = cause instanceof UnresolvedAddressException
                || cause.getCause() instanceof UnresolvedAddressException
                || cause instanceof UnknownHostException;
        return unknown ? "the host is not known" : "connection refused";
    }
}
