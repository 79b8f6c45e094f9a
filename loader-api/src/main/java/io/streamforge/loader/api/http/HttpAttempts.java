package io.streamforge.loader.api.http;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.http.Failures.TryAgainException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One attempt of a call: send, follow redirects to the same server, judge the status. */
final class HttpAttempts {

    private static final int MAX_REDIRECTS = 5;

    private final HttpClient client;
    private final HttpOptions options;
    private final Requests requests;
    private final Failures failures;
    private final Refusals refusals;
    private final List<Throttle> throttles;

    HttpAttempts(
            HttpOptions options, Requests requests, Failures failures, Refusals refusals, List<Throttle> throttles) {
        this.options = options;
        this.requests = requests;
        this.failures = failures;
        this.refusals = refusals;
        this.throttles = throttles;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.connectTimeout())
                .build();
    }

    HttpReply get(URI uri) throws ConnectorException, InterruptedException, TryAgainException {
        URI at = uri;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<byte[]> response = send(at);
            throttles.forEach(throttle -> throttle.observe(response.headers()));
            if (!redirect(response.statusCode())) {
                return judged(at, response);
            }
            at = target(at, response.headers());
        }
        throw failures.redirect(uri, at);
    }

    /** The client's own timeout ends with the reply's head, so the whole reply has one here. */
    private HttpResponse<byte[]> send(URI uri) throws ConnectorException, InterruptedException, TryAgainException {
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(
                requests.get(uri, options.readTimeout()), head -> new BoundedBody(options.maxResponseSize()));
        try {
            return sent.get(options.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failures.connection(uri, e.getCause() == null ? e : e.getCause(), options);
        } catch (TimeoutException e) {
            throw failures.connection(uri, e, options);
        } finally {
            sent.cancel(true);
        }
    }

    private HttpReply judged(URI uri, HttpResponse<byte[]> response) throws ConnectorException, TryAgainException {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new HttpReply(uri, status, response.headers(), response.body());
        }
        if (status == 429 || status == 418) {
            throw failures.rateLimited(uri, status, retryAfter(uri, response.headers()));
        }
        if (status >= 500 || status == 408 || status == 425) {
            throw failures.serverError(uri, status, retryAfter(uri, response.headers()));
        }
        Optional<ConnectorException> known = refusals.refused(status, response.body());
        throw known.orElseGet(() -> failures.refused(uri, status, new String(response.body(), StandardCharsets.UTF_8)));
    }

    private static boolean redirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private URI target(URI from, HttpHeaders headers) throws ConnectorException {
        URI to = headers.firstValue("Location")
                .map(location -> resolve(from, location))
                .orElse(null);
        if (to == null || !Requests.sameServer(from, to)) {
            throw failures.redirect(from, to);
        }
        return to;
    }

    private static @Nullable URI resolve(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable Duration retryAfter(URI uri, HttpHeaders headers) throws ConnectorException {
        Duration asked =
                headers.firstValue("Retry-After").map(HttpAttempts::wait).orElse(null);
        if (asked != null && asked.compareTo(options.retryAfterLimit()) > 0) {
            throw failures.tooLong(uri, asked, options.retryAfterLimit());
        }
        return asked;
    }

    /** Seconds or a date; null when it is neither. */
    private static @Nullable Duration wait(String header) {
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            Duration rest = Duration.between(Instant.now(), until);
            return rest.isNegative() ? Duration.ZERO : rest;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
