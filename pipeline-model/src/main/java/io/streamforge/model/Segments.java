package io.streamforge.model;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Problem;
import io.streamforge.connector.StagePlan;
import io.streamforge.connector.StageProvider;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.Task;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.Segment.Step;
import io.streamforge.model.WorkflowSpec.Endpoint;
import io.streamforge.model.WorkflowSpec.Operation;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a workflow's operators into the vertices they work in, and finds out what rows look like in the topic behind each: the
 * source's schema, through operators and stages, in the last topic with the key the sinks ask for. For one workflow.
 */
final class Segments {

    private static final String KEY = "key";

    private final OperatorCatalog operators;
    private final ConnectorDescriptors connectors;
    private final Findings findings;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Segment> done = new ArrayList<>();
    private @Nullable Step stage;
    private List<Operation> chained = new ArrayList<>();
    private List<RowSchema> rows = List.of();
    private boolean right = true;

    Segments(OperatorCatalog operators, ConnectorDescriptors connectors, Findings findings) {
        this.operators = operators;
        this.connectors = connectors;
        this.findings = findings;
    }

    /** In the order of the data, the source's first; empty after a problem. */
    List<Segment> of(WorkflowSpec spec, List<RowSchema> source) {
        rows = source;
        for (Operation operation : spec.operators()) {
            StageProvider provider = operators.stages().get(operation.name());
            boolean known = provider == null ? chain(operation) : begin(operation, provider);
            if (!known) {
                return List.of();
            }
        }
        keyed(spec.sinks());
        end();
        return right ? done : List.of();
    }

    private void end() {
        done.add(new Segment(stage, chained, rows));
        chained = new ArrayList<>();
    }

    /** False when nobody knows what the rows behind it look like. */
    private boolean begin(Operation operation, StageProvider provider) {
        end();
        List<Problem> problems = new ArrayList<>();
        Optional<StagePlan> plan = provider.plan(operation.configuration(), rows, problems);
        add(problems, operation);
        plan.ifPresent(found -> {
            int number = numbers.merge(operation.name(), 1, Integer::sum);
            String name = number == 1 ? operation.name() : operation.name() + number;
            stage = new Step(name, operation, provider, found.onePartition());
            rows = found.output();
        });
        return plan.isPresent();
    }

    /** False when nobody knows what the rows behind it look like; rows of several tables stay as they are. */
    private boolean chain(Operation operation) {
        chained.add(operation);
        if (rows.size() > 1) {
            severalTables(operation.path(), ", an operator takes rows of one", severalSuggestion());
            return true;
        }
        List<Problem> problems = new ArrayList<>();
        Optional<Operator> operator = Objects.requireNonNull(operators.chained().get(operation.name()))
                .compile(operation.configuration(), rows.get(0), problems);
        add(problems, operation);
        operator.ifPresent(found -> rows = List.of(found.output()));
        return operator.isPresent();
    }

    private void add(List<Problem> problems, Operation operation) {
        problems.forEach(problem -> findings.add(Level.COMPATIBILITY, problem.under(operation.path())));
    }

    private void severalTables(String path, String end, String suggestion) {
        add(new Problem(
                "SEVERAL-TABLES", path, giver() + " gives rows of " + rows.size() + " tables" + end, suggestion));
    }

    private String severalSuggestion() {
        return stage == null
                ? "write a workflow for the table whose rows are to be changed"
                : "change the rows before they come to " + giver();
    }

    private String giver() {
        return stage == null ? "the source" : "'" + stage.operation().name() + "'";
    }

    private void add(Problem problem) {
        findings.add(Level.COMPATIBILITY, problem);
        right = false;
    }

    /** Rows of several tables travel under the key of each, those of one under that of the sinks, or their own. */
    private void keyed(List<Endpoint> sinks) {
        if (rows.size() > 1) {
            sinks.stream()
                    .filter(sink -> !key(sink).isEmpty())
                    .forEach(sink -> severalTables(keyPath(sink), ", each with its own key", "leave out 'key'"));
        } else {
            RowSchema only = rows.get(0);
            List<String> key = key(only, sinks);
            rows = right ? List.of(only.withKey(key)) : rows;
        }
    }

    private List<String> key(RowSchema schema, List<Endpoint> sinks) {
        @Nullable Endpoint first = null;
        List<String> key = schema.key();
        for (Endpoint sink : sinks) {
            List<String> wanted = key(sink);
            if (wanted.isEmpty()) {
                continue;
            }
            if (columnsFit(sink, wanted, schema)) {
                requireStagesKey(sink, wanted, schema);
            }
            if (first == null) {
                first = sink;
                key = wanted;
            } else if (!wanted.equals(key)) {
                add(new Problem(
                        "KEY-CONFLICT",
                        keyPath(sink),
                        "the sinks of one topic have one key, but " + keyPath(first) + " is " + key,
                        "give all sinks the same key in the same order, or write two workflows"));
            }
        }
        return key;
    }

    /** A stage deletes rows by its own key. */
    private void requireStagesKey(Endpoint sink, List<String> wanted, RowSchema schema) {
        if (stage != null && schema.keyed() && !wanted.equals(schema.key())) {
            add(new Problem(
                    "KEY-CONFLICT",
                    keyPath(sink),
                    giver() + " gives its rows the key " + schema.key(),
                    "leave out 'key'"));
        }
    }

    /** The sink's key, empty when it has no such option, or it is not given, or not known yet. */
    private List<String> key(Endpoint sink) {
        Object written = sink.options().get(KEY);
        boolean known = written != null
                && !OptionChecks.holdsReference(written)
                && connectors.role(sink.connector(), Task.Role.SINK).orElseThrow().options().stream()
                        .map(OptionSpec::name)
                        .anyMatch(KEY::equals);
        if (!known) {
            return List.of();
        }
        return written instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(written));
    }

    private boolean columnsFit(Endpoint sink, List<String> key, RowSchema schema) {
        if (new HashSet<>(key).size() < key.size()) {
            add(new Problem("DUPLICATE-COLUMN", keyPath(sink), "a column is named twice", "name each once"));
            return false;
        }
        List<String> columns = schema.columns().stream().map(Column::name).toList();
        List<String> missing =
                key.stream().filter(name -> schema.indexOf(name) < 0).toList();
        missing.forEach(name -> add(new Problem(
                "UNKNOWN-COLUMN",
                keyPath(sink),
                "the rows have no column '" + ParameterType.shown(name) + "'",
                Suggestions.sentence(name, columns))));
        return missing.isEmpty();
    }

    private static String keyPath(Endpoint sink) {
        return sink.path() + ".options." + KEY;
    }
}
