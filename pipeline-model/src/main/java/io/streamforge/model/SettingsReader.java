package io.streamforge.model;

import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.messages.Task.MaxLag;
import io.streamforge.model.WorkflowSpec.Errors;
import io.streamforge.model.WorkflowSpec.Resources;
import io.streamforge.model.WorkflowSpec.Restart;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a workflow is run: restarts, errors, resources, bounds, and what it is about. */
final class SettingsReader {

    static final MaxLag DEFAULT_MAX_LAG = new MaxLag(5_000_000, 512L << 20);

    private static final int MAX_PARALLELISM = 64;
    private static final int MAX_PARTITIONS = 1000;
    private static final int MAX_ATTEMPTS = 10;
    private static final Pattern SUBJECT_WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,47}");
    private static final Pattern CPU = Pattern.compile("[0-9]{1,6}m|[0-9]{1,3}(\\.[0-9]{1,3})?");
    private static final Pattern COLLECTION = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private static final Map<String, Task.Rejected> REJECTED =
            Map.of("dead-letter", Task.Rejected.DEAD_LETTER, "fail", Task.Rejected.FAIL, "drop", Task.Rejected.DROP);
    private static final Map<String, Strategy> STRATEGIES = Map.of(
            "none", Strategy.NONE,
            "fixed-delay", Strategy.FIXED_DELAY,
            "exponential-backoff", Strategy.EXPONENTIAL_BACKOFF,
            "failure-rate", Strategy.FAILURE_RATE);

    private enum Strategy {
        NONE,
        FIXED_DELAY,
        EXPONENTIAL_BACKOFF,
        FAILURE_RATE
    }

    private SettingsReader() {}

    static Subject subject(Members members) {
        Subject subject = new Subject(
                word(members, "symbol", SUBJECT_WORD),
                word(members, "type", SUBJECT_WORD),
                range(members),
                word(members, "collection_name", COLLECTION));
        members.finish();
        return subject;
    }

    private static @Nullable String word(Members members, String name, Pattern pattern) {
        Optional<String> text = members.text(name);
        if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
            members.problem("VALUE", name, "does not match " + pattern, null);
        }
        return text.orElse(null);
    }

    private static @Nullable String range(Members members) {
        Optional<String> text = members.text("time_range");
        try {
            text.ifPresent(DateRange::parse);
        } catch (IllegalArgumentException e) {
            members.problem("VALUE", "time_range", String.valueOf(e.getMessage()), null);
        }
        return text.orElse(null);
    }

    static Restart restart(Members members) {
        Strategy strategy = members.choice("strategy", STRATEGIES, Strategy.EXPONENTIAL_BACKOFF);
        Restart restart =
                switch (strategy) {
                    case NONE -> new Restart.None();
                    case FIXED_DELAY ->
                        new Restart.FixedDelay(members.duration("delay", Duration.ofSeconds(5)), attempts(members));
                    case EXPONENTIAL_BACKOFF ->
                        new Restart.ExponentialBackoff(
                                members.duration("initial_delay", Duration.ofSeconds(1)),
                                members.duration("max_delay", Duration.ofMinutes(5)),
                                members.number("multiplier", 2, 1, 100),
                                attempts(members));
                    case FAILURE_RATE ->
                        new Restart.FailureRate(
                                (int) members.integer("max_failures", 5, 1, 100_000),
                                members.duration("interval", Duration.ofMinutes(5)),
                                members.duration("delay", Duration.ofSeconds(1)));
                };
        members.finish();
        return restart;
    }

    private static int attempts(Members members) {
        return (int) members.integer("max_attempts", MAX_ATTEMPTS, 1, 1_000_000);
    }

    static Errors errors(Members members) {
        Errors errors = new Errors(
                members.choice("rejected", REJECTED, Task.Rejected.DEAD_LETTER),
                members.number("max_ratio", 1, 0, 1),
                members.duration("keep", Duration.ofDays(7)));
        members.finish();
        return errors;
    }

    static Resources resources(Members members) {
        int parallelism = (int) members.integer("parallelism", 1, 1, MAX_PARALLELISM);
        Resources resources = new Resources(
                parallelism,
                (int) members.integer("partitions", parallelism, 1, MAX_PARTITIONS),
                members.has("memory") ? members.size("memory", 0) : null,
                word(members, "cpu", CPU));
        members.finish();
        return resources;
    }

    static MaxLag maxLag(Members members) {
        long records = members.integer("records", DEFAULT_MAX_LAG.records(), 1, Long.MAX_VALUE);
        long bytes = members.size("bytes", DEFAULT_MAX_LAG.bytes());
        members.finish();
        if (bytes < 1) {
            members.problem("VALUE", "bytes", "must be at least 1", null);
            return DEFAULT_MAX_LAG;
        }
        return new MaxLag(records, bytes);
    }
}
