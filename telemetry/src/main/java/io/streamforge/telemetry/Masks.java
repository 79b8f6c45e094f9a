package io.streamforge.telemetry;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What no log line of this process may show: values that were declared secret, and whatever stands where secrets stand in addresses
 * and settings. For the whole process, as its log is; safe for use by several threads.
 */
public final class Masks {

    private static final String HIDDEN = "***";
    /** Shorter values stand in too many words to be hidden. */
    private static final int SHORTEST = 4;

    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^:/@\\s\"]*:)[^@/\\s\"]+@");
    private static final Pattern IN_SETTING = Pattern.compile(
            "(?i)\\b((?:\\w+[_.-])?(?:password|passwd|pwd|token|api[_-]?key)\\\\?\"?=(?:\\\\?\")?)[^\\s\"\\\\&,;]+");
    private static final Pattern BEARER = Pattern.compile("(?i)(\\bBearer )[\\w.~+/=-]+");

    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

    private Masks() {}

    /** From now on the value is shown by no log line; one of less than four characters is not hidden. */
    public static void hide(@Nullable String secret) {
        if (secret == null || secret.strip().length() < SHORTEST) {
            return;
        }
        SECRETS.add(secret);
        SECRETS.add(escaped(secret));
    }

    /** The text without secrets. */
    public static String mask(String text) {
        String masked = text;
        // A secret may be a part of another one.
        for (String secret : SECRETS.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            masked = masked.replace(secret, HIDDEN);
        }
        masked = IN_ADDRESS.matcher(masked).replaceAll("$1" + HIDDEN + "@");
        masked = IN_SETTING.matcher(masked).replaceAll("$1" + HIDDEN);
        return BEARER.matcher(masked).replaceAll("$1" + HIDDEN);
    }

    /** As it stands in a JSON text. */
    private static String escaped(String secret) {
        return secret.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
    }
}
