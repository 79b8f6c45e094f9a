package io.streamforge.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a trace, as W3C Trace Context writes it: {@code 00-<trace id>-<span id>-<flags>}.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether the spans of the trace are kept
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final Pattern NOTHING = Pattern.compile("0+");
    private static final String INVALID_VERSION = "ff";
    private static final int TRACE_LONGS = 2;

    /** A new trace. */
    public static TraceContext root(boolean sampled) {
        return new TraceContext(random(TRACE_LONGS), random(1), sampled);
    }

    /** What a header or field says; empty when it says nothing that can be understood. */
    public static Optional<TraceContext> parse(@Nullable String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text.strip());
        if (!matcher.matches()
                || matcher.group(1).equals(INVALID_VERSION)
                || NOTHING.matcher(matcher.group(2)).matches()
                || NOTHING.matcher(matcher.group(3)).matches()) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), 16) & 1) == 1;
        return Optional.of(new TraceContext(matcher.group(2), matcher.group(3), sampled));
    }

    /** A span within this one. */
    public TraceContext child() {
        return new TraceContext(traceId, random(1), sampled);
    }

    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static String random(int longs) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < longs; i++) {
            // Never zero, which would mean that there is none.
            digits.append(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1));
        }
        return digits.toString();
    }
}
