package io.streamforge.queue.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names of launched things: the same for the same run, vertex and attempt, and good for a Kubernetes object. */
public final class TaskNames {

    /** Longest name. */
    public static final int MAX_LENGTH = 52;

    private static final int HASH_DIGITS = 8;

    private TaskNames() {}

    /** {@code <queue_id>-<vertex>-<attempt>} in {@code [a-z0-9-]}; cut and ended by a hash when that is too long or was changed. */
    public static String of(String queueId, String vertex, int attempt) {
        String full = queueId + "-" + vertex + "-" + attempt;
        String plain = full.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return plain.equals(full) && plain.length() <= MAX_LENGTH ? plain : cut(plain, full);
    }

    /** Text cut to {@link #MAX_LENGTH}, with a hash of all of it at its end. */
    public static String shortened(String text) {
        return cut(text, text);
    }

    private static String cut(String plain, String full) {
        int kept = Math.min(plain.length(), MAX_LENGTH - HASH_DIGITS - 1);
        return plain.substring(0, kept) + "-" + hash(full);
    }

    static String of(Run run, Vertex vertex) {
        return of(run.queueId(), vertex.name(), vertex.attempt());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
