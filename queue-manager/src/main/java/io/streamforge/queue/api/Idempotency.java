package io.streamforge.queue.api;

import io.streamforge.messages.Json;
import io.streamforge.queue.store.IdempotentReply;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Gives the same answer to the same request with the same {@code Idempotency-Key}. */
final class Idempotency {

    private static final int MAX_KEY = 200;

    private final Store store;
    private final Clock clock;

    Idempotency(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A request that may be repeated when it has a key; without one its fingerprint is empty. */
    record Request(@Nullable String key, String fingerprint) {}

    Request request(@Nullable String key, String method, String path, byte @Nullable [] body) {
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw new RefusedException(
                    Reason.INVALID, "IDEMPOTENCY-KEY", "an Idempotency-Key has 1 to " + MAX_KEY + " characters");
        }
        return new Request(key, key == null ? "" : fingerprint(method + " " + path, body == null ? new byte[0] : body));
    }

    /** The earlier answer when there is one, otherwise what the action answers. */
    ResponseEntity<byte[]> once(Request request, Supplier<ResponseEntity<byte[]>> action) {
        Optional<ResponseEntity<byte[]>> earlier = earlier(request);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            return action.get();
        } catch (RefusedException e) {
            // The same request at the same time was faster: its answer is this one's, too.
            return earlier(request).orElseThrow(() -> e);
        }
    }

    private Optional<ResponseEntity<byte[]>> earlier(Request request) {
        String key = request.key();
        return key == null ? Optional.empty() : store.reply(key).map(reply -> again(request, reply));
    }

    private static ResponseEntity<byte[]> again(Request request, IdempotentReply reply) {
        if (!reply.fingerprint().equals(request.fingerprint())) {
            throw new RefusedException(
                    Reason.INVALID,
                    "IDEMPOTENCY-KEY-REUSED",
                    "this Idempotency-Key came with another request before; use a new one");
        }
        return answer(reply.status(), reply.location(), reply.body());
    }

    /** What is to be remembered of an answer; empty when the request carries no key. */
    Optional<IdempotentReply> remember(Request request, int status, @Nullable String location, Object view) {
        String key = request.key();
        return key == null
                ? Optional.empty()
                : Optional.of(new IdempotentReply(
                        key,
                        request.fingerprint(),
                        status,
                        location,
                        Json.MAPPER.writeValueAsString(view),
                        clock.instant()));
    }

    static ResponseEntity<byte[]> answer(int status, @Nullable String location, String body) {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (location != null) {
            response.header("Location", location);
        }
        return response.body(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String fingerprint(String request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(request.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
