package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.messages.Ids;
import io.streamforge.messages.Subject;
import io.streamforge.messages.Task;
import io.streamforge.messages.Task.MaxLag;
import io.streamforge.model.WorkflowSpec.Endpoint;
import io.streamforge.model.WorkflowSpec.Errors;
import io.streamforge.model.WorkflowSpec.Mode;
import io.streamforge.model.WorkflowSpec.Resources;
import io.streamforge.model.WorkflowSpec.Restart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Level two: from a document's values to a specification. */
final class SpecReader {

    static final Duration DEFAULT_PROGRESS_TIMEOUT = Duration.ofSeconds(60);
    static final Duration DEFAULT_RETENTION = Duration.ofHours(1);
    static final MaxLag DEFAULT_MAX_LAG = new MaxLag(5_000_000, 512L << 20);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final int MAX_PARALLELISM = 64;
    private static final int MAX_ATTEMPTS = 10;

    private static final Map<String, Mode> MODES = Map.of("batch", Mode.BATCH, "streaming", Mode.STREAMING);
    private static final Map<String, Task.Format> FORMATS = Map.of("avro", Task.Format.AVRO, "json", Task.Format.JSON);
    private static final Map<String, Task.From> FROMS = Map.of("last", Task.From.LAST, "fresh", Task.From.FRESH);
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

    private final List<Problem> problems;

    SpecReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** Reads the whole document; what it returns is only meaningful when no problem was added. */
    WorkflowSpec read(Map<String, Object> document) {
        Members root = new Members(document, "", problems);
        String name = name(root);
        notAvailable(root, "schedule", "runs are started by POST, or by the command line");
        notAvailable(root, "graph", "write source, operators and sinks");
        List<Endpoint> sinks = sinks(root);
        WorkflowSpec spec = new WorkflowSpec(
                name,
                root.text("description").orElse(null),
                subject(root.mapping("subject")),
                root.choice("mode", MODES, Mode.BATCH),
                source(root),
                operators(root),
                sinks,
                restart(root.mapping("restart")),
                errors(root.mapping("errors")),
                resources(root.mapping("resources")),
                maxLag(root.mapping("max_lag")),
                root.choice("format", FORMATS, Task.Format.AVRO),
                root.choice("from", FROMS, replaces(sinks) ? Task.From.FRESH : Task.From.LAST),
                root.duration("progress_timeout", DEFAULT_PROGRESS_TIMEOUT),
                root.duration("retention", DEFAULT_RETENTION),
                (int) root.integer("priority", 0, -1000, 1000),
                document);
        root.accept("labels");
        root.finish();
        return spec;
    }

    private static String name(Members root) {
        String name = root.requiredText("name", "for example orders-to-warehouse");
        if (name.length() > Ids.MAX_WORKFLOW_NAME) {
            root.problem(
                    "NAME",
                    "name",
                    "has " + name.length() + " characters, at most " + Ids.MAX_WORKFLOW_NAME + " are allowed",
                    null);
        } else if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            root.problem(
                    "NAME",
                    "name",
                    "a name begins with a lower-case letter or digit and goes on with those, '-' and '_'",
                    "for example orders-to-warehouse");
        }
        return name;
    }

    private static void notAvailable(Members root, String member, String instead) {
        if (root.has(member)) {
            root.problem("NOT-AVAILABLE", member, "'" + member + "' is not available in this version", instead);
        }
    }

    private static Subject subject(Members members) {
        Subject subject = new Subject(
                members.text("symbol").orElse(null),
                members.text("type").orElse(null),
                members.text("time_range").orElse(null),
                members.text("collection_name").orElse(null));
        members.finish();
        return subject;
    }

    private static Endpoint source(Members root) {
        if (!root.has("source")) {
            root.problem(
                    "MISSING",
                    "source",
                    "'source' is required",
                    "source: {connector: file, options: {path: orders.csv}}");
        }
        return endpoint(root.mapping("source"), "source", root.has("source"));
    }

    private List<Endpoint> sinks(Members root) {
        List<Map<String, Object>> items = root.mappings("sinks");
        if (items.isEmpty()) {
            root.problem(
                    "MISSING",
                    "sinks",
                    "at least one sink is required",
                    "sinks: [{connector: file, options: {path: out.csv}}]");
        }
        List<Endpoint> sinks = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String path = Document.item("sinks", i);
            sinks.add(endpoint(new Members(items.get(i), path, problems), path, true));
        }
        return sinks;
    }

    private static Endpoint endpoint(Members members, String path, boolean present) {
        String connector = present
                ? members.requiredText("connector", "the name of a connector; 'streamforge connectors' lists them")
                : "";
        Map<String, Object> options = members.rawMapping("options");
        members.finish();
        return new Endpoint(path, connector, options);
    }

    private List<Map<String, Object>> operators(Members root) {
        List<Map<String, Object>> operators = root.mappings("operators");
        for (int i = 0; i < operators.size(); i++) {
            if (operators.get(i).size() != 1) {
                problems.add(new Problem(
                        "OPERATOR",
                        Document.item("operators", i),
                        "an operator is one name with its configuration, this has "
                                + operators.get(i).size() + " members",
                        "- filter: \"age > 18\""));
            }
        }
        return operators;
    }

    private static Restart restart(Members members) {
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

    private static Errors errors(Members members) {
        Errors errors = new Errors(
                members.choice("rejected", REJECTED, Task.Rejected.DEAD_LETTER),
                members.number("max_ratio", 1, 0, 1),
                members.duration("keep", Duration.ofDays(7)));
        members.finish();
        return errors;
    }

    private static Resources resources(Members members) {
        Resources resources = new Resources(
                (int) members.integer("parallelism", 1, 1, MAX_PARALLELISM),
                members.has("memory") ? members.size("memory", 0) : null);
        members.accept("cpu");
        members.finish();
        return resources;
    }

    private static MaxLag maxLag(Members members) {
        long records = members.integer("records", DEFAULT_MAX_LAG.records(), 1, Long.MAX_VALUE);
        long bytes = members.size("bytes", DEFAULT_MAX_LAG.bytes());
        members.finish();
        if (bytes < 1) {
            members.problem("VALUE", "bytes", "must be at least 1", null);
            return DEFAULT_MAX_LAG;
        }
        return new MaxLag(records, bytes);
    }

    /** Replacing a target with only what is new since the last run would lose the rest. */
    private static boolean replaces(List<Endpoint> sinks) {
        return sinks.stream().anyMatch(sink -> "replace".equals(sink.options().get("mode")));
    }
}
