package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.messages.Ids;
import io.streamforge.messages.Task;
import io.streamforge.model.WorkflowSpec.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Level two: from a document's values to a specification. */
final class SpecReader {

    static final Duration DEFAULT_PROGRESS_TIMEOUT = Duration.ofSeconds(60);
    static final Duration DEFAULT_RETENTION = Duration.ofHours(1);

    /** Members that only a workflow has; a text with none of them may be the parameters of a template. */
    static final Set<String> WORKFLOW_MEMBERS = Set.of("name", "source", "sinks", "operators", "graph");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final int MAX_PRIORITY = 1000;

    private static final Map<String, Mode> MODES = Map.of("batch", Mode.BATCH, "streaming", Mode.STREAMING);
    private static final Map<String, Task.Format> FORMATS = Map.of("avro", Task.Format.AVRO, "json", Task.Format.JSON);
    private static final Map<String, Task.From> FROMS = Map.of("last", Task.From.LAST, "fresh", Task.From.FRESH);
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
        StepsReader steps = new StepsReader(root, problems);
        WorkflowSpec spec = new WorkflowSpec(
                name,
                root.text("description").orElse(null),
                SettingsReader.subject(root.mapping("subject")),
                root.choice("mode", MODES, Mode.BATCH),
                steps.source(),
                steps.operators(),
                steps.sinks(),
                SettingsReader.restart(root.mapping("restart")),
                SettingsReader.errors(root.mapping("errors")),
                SettingsReader.resources(root.mapping("resources")),
                SettingsReader.maxLag(root.mapping("max_lag")),
                root.choice("format", FORMATS, Task.Format.AVRO),
                root.choice("from", FROMS, Task.From.LAST),
                root.duration("progress_timeout", DEFAULT_PROGRESS_TIMEOUT),
                root.duration("retention", DEFAULT_RETENTION),
                (int) root.integer("priority", 0, -MAX_PRIORITY, MAX_PRIORITY),
                PlacementReader.read(root.mapping("kubernetes")),
                document);
        root.mapping("labels");
        root.finish();
        if (spec.mode() == Mode.BATCH && root.mapping("kubernetes").has("scale")) {
            root.mapping("kubernetes")
                    .problem(
                            "VALUE",
                            "scale",
                            "workers of a batch are not scaled",
                            "resources.parallelism says how many there are");
        }
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
}
