package io.streamforge.loader.api.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.http.Failures.TryAgainException;
import io.streamforge.messages.ErrorInfo.Category;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Calls of one server; used by all splits of a source, from any thread. */
public final class HttpCalls {

    private static final Logger log = LoggerFactory.getLogger(HttpCalls.class);
    private static final double DOUBLE = 2;
    private static final double HALF = 0.5;

    private final HttpOptions options;
    private final HttpAttempts attempts;
    private final Failures failures;
    private final List<Throttle> throttles;
    private final Pauses pauses;
    private final IntervalFunction backOff;
    private final CircuitBreaker circuit;
    private volatile String lastFailure = "";

    /**
     * @param prefix of the codes of errors, such as {@code EXCHANGE}
     * @param refusals turns a server's own error codes into errors
     */
    public HttpCalls(
            String prefix,
            HttpOptions options,
            Requests requests,
            Masking masking,
            Refusals refusals,
            List<Throttle> throttles,
            Pauses pauses) {
        this.options = options;
        this.pauses = pauses;
        this.throttles = new ArrayList<>(throttles);
        if (options.requestsPerMinute() > 0) {
            this.throttles.add(new RequestsPerMinute(options.requestsPerMinute(), pauses));
        }
        failures = new Failures(prefix, masking);
        attempts = new HttpAttempts(options, requests, failures, refusals, this.throttles);
        backOff = IntervalFunction.ofExponentialRandomBackoff(
                options.retryDelay(), DOUBLE, HALF, larger(options.retryMaxDelay(), options.retryDelay()));
        circuit = CircuitBreaker.of(
                prefix,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(options.circuitFailures())
                        .minimumNumberOfCalls(options.circuitFailures())
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(options.circuitWait())
                        .build());
    }

    /** Makes something of a reply; a {@link JacksonException} says that the reply is no JSON and is asked for again. */
    @FunctionalInterface
    public interface ReplyParser<T> {
        T parse(HttpReply reply) throws ConnectorException;
    }

    /**
     * Asks until there is an answer or no attempt is left.
     *
     * @throws InterruptedException at once when the thread is interrupted; the attempt is given up
     */
    public <T> T get(URI uri, ReplyParser<T> parser) throws ConnectorException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return guarded(uri, parser);
            } catch (TryAgainException e) {
                if (attempt > options.retries()) {
                    throw new ConnectorException(e.error(), e);
                }
                Duration wait = e.retryAfter().orElse(Duration.ofMillis(backOff.apply(attempt)));
                log.atInfo()
                        .addKeyValue("error", e.error().code())
                        .addKeyValue("reason", e.error().message())
                        .addKeyValue("attempt", attempt)
                        .addKeyValue("wait_ms", wait.toMillis())
                        .log("call failed and will be repeated");
                pauses.pause(wait);
            }
        }
    }

    /** What an interrupted discovery fails with; the thread stays interrupted. */
    public static ConnectorException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ConnectorException("INTERRUPTED", Category.TRANSIENT, "the call was interrupted", null, cause);
    }

    private <T> T guarded(URI uri, ReplyParser<T> parser)
            throws ConnectorException, InterruptedException, TryAgainException {
        for (Throttle throttle : throttles) {
            throttle.await();
        }
        if (!circuit.tryAcquirePermission()) {
            throw failures.circuitOpen(uri, lastFailure, options.circuitWait());
        }
        long start = System.nanoTime();
        boolean counted = false;
        try {
            T result = parsed(uri, parser);
            circuit.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            counted = true;
            return result;
        } catch (TryAgainException e) {
            if (!e.rateLimited()) {
                lastFailure = e.error().message();
                circuit.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
                counted = true;
            }
            throw e;
        } finally {
            if (!counted) {
                circuit.releasePermission();
            }
        }
    }

    private <T> T parsed(URI uri, ReplyParser<T> parser)
            throws ConnectorException, InterruptedException, TryAgainException {
        HttpReply reply = attempts.get(uri);
        try {
            return parser.parse(reply);
        } catch (JacksonException e) {
            throw failures.malformed(uri);
        }
    }

    private static Duration larger(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
