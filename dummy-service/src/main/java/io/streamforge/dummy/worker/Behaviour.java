package io.streamforge.dummy.worker;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated worker behaves.
 *
 * @param work after which a source says that it has read everything, and faults happen; null for a source that never ends
 * @param faultyAttempts attempts of a vertex, from the first, that have the fault
 */
record Behaviour(@Nullable Duration work, Fault fault, int faultyAttempts) {

    private static final String WORK = "SIMULATED_WORK";
    private static final String FAULT = "SIMULATED_FAULT";
    private static final String FAULTY_ATTEMPTS = "SIMULATED_FAULTY_ATTEMPTS";
    private static final String NEVER = "never";

    /** The ways it fails. */
    enum Fault {
        NONE,
        /** The process ends without a word. */
        CRASH,
        /** It says that it has failed. */
        ERROR,
        /** It lives, and is never heard of again. */
        SILENT,
        /** It reports, and does nothing that it is told. */
        DEAF
    }

    /** @throws IllegalArgumentException naming the variable that is wrong */
    static Behaviour of(Map<String, String> environment) {
        String work = environment.getOrDefault(WORK, "PT1S");
        String fault = environment.getOrDefault(FAULT, "none");
        String attempts = environment.getOrDefault(FAULTY_ATTEMPTS, String.valueOf(Integer.MAX_VALUE));
        return new Behaviour(work(work), fault(fault), attempts(attempts));
    }

    private static @Nullable Duration work(String text) {
        try {
            return text.equals(NEVER) ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(WORK + " is a duration such as PT5S, or " + NEVER + "; got " + text, e);
        }
    }

    private static Fault fault(String text) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        FAULT + " is one of none, crash, error, silent and deaf; got " + text));
    }

    private static int attempts(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(FAULTY_ATTEMPTS + " is a number; got " + text, e);
        }
    }

    Fault faultOf(int attempt) {
        return attempt <= faultyAttempts ? fault : Fault.NONE;
    }
}
