package io.streamforge.queue.store.jdbc;

import io.streamforge.messages.Json;
import io.streamforge.queue.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;

/** Text and numbers of the tables' columns. */
final class Documents {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Documents() {}

    static String json(Object document) {
        return Json.MAPPER.writeValueAsString(document);
    }

    static <T> T parse(String document, Class<T> type) {
        try {
            return Json.MAPPER.readValue(document, type);
        } catch (JacksonException e) {
            throw new StoreException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }

    /** Nanoseconds since the epoch; what lies beyond the years 1678 to 2262 counts as their ends. */
    static long nanos(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
