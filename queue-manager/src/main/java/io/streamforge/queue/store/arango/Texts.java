package io.streamforge.queue.store.arango;

import io.streamforge.messages.Json;
import io.streamforge.queue.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Attributes of the stored documents. Times are text of fixed length, because AQL counts in doubles. */
final class Texts {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_.@-]{1,200}");

    private Texts() {}

    /** A document's key: the name itself where its characters allow, otherwise its hash. */
    static String key(String name) {
        return PLAIN_KEY.matcher(name).matches() ? name : "%" + sha256(name);
    }

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

    static String time(Instant time) {
        return TIME.format(time);
    }

    static @Nullable String timeOrNull(@Nullable Instant time) {
        return time == null ? null : time(time);
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
