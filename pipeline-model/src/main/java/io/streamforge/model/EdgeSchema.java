package io.streamforge.model;

import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.Task;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.WorkflowSpec.Endpoint;
import io.streamforge.model.WorkflowSpec.Operation;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what rows look like in the topic: the source's schema, through the operators, with the key the sinks ask for. */
final class EdgeSchema {

    private static final String KEY = "key";

    private final Map<String, OperatorProvider> operators;
    private final ConnectorDescriptors connectors;
    private final Findings findings;

    EdgeSchema(Map<String, OperatorProvider> operators, ConnectorDescriptors connectors, Findings findings) {
        this.operators = operators;
        this.connectors = connectors;
        this.findings = findings;
    }

    /** Empty after a problem. */
    List<RowSchema> of(WorkflowSpec spec, List<RowSchema> source) {
        return source.size() == 1 ? of(spec, source.get(0)).stream().toList() : severalTables(spec, source);
    }

    /** Each table's rows travel as they are, under their own key. */
    private List<RowSchema> severalTables(WorkflowSpec spec, List<RowSchema> tables) {
        List<Problem> problems = new ArrayList<>();
        spec.operators()
                .forEach(operation -> problems.add(new Problem(
                        "SEVERAL-TABLES",
                        operation.path(),
                        "the source gives rows of " + tables.size() + " tables, an operator takes rows of one",
                        "write a workflow for the table whose rows are to be changed")));
        spec.sinks().stream()
                .filter(sink -> !key(sink).isEmpty())
                .forEach(sink -> problems.add(new Problem(
                        "SEVERAL-TABLES",
                        keyPath(sink),
                        "the source gives rows of " + tables.size() + " tables, each with its own key",
                        "leave out 'key'")));
        problems.forEach(problem -> findings.add(Level.COMPATIBILITY, problem));
        return problems.isEmpty() ? tables : List.of();
    }

    private Optional<RowSchema> of(WorkflowSpec spec, RowSchema source) {
        RowSchema schema = source;
        for (Operation operation : spec.operators()) {
            Optional<RowSchema> next = apply(operation, schema);
            if (next.isEmpty()) {
                return next;
            }
            schema = next.get();
        }
        return keyed(schema, spec.sinks());
    }

    private Optional<RowSchema> apply(Operation operation, RowSchema input) {
        List<Problem> problems = new ArrayList<>();
        Optional<Operator> operator = Objects.requireNonNull(operators.get(operation.name()))
                .compile(operation.configuration(), input, problems);
        problems.forEach(problem -> findings.add(Level.COMPATIBILITY, problem.under(operation.path())));
        return operator.map(Operator::output);
    }

    private Optional<RowSchema> keyed(RowSchema schema, List<Endpoint> sinks) {
        @Nullable Endpoint first = null;
        List<String> key = schema.key();
        boolean right = true;
        for (Endpoint sink : sinks) {
            List<String> wanted = key(sink);
            if (wanted.isEmpty()) {
                continue;
            }
            right &= columnsFit(sink, wanted, schema);
            if (first == null) {
                first = sink;
                key = wanted;
            } else if (!wanted.equals(key)) {
                findings.add(
                        Level.COMPATIBILITY,
                        new Problem(
                                "KEY-CONFLICT",
                                keyPath(sink),
                                "the sinks of one topic have one key, but " + keyPath(first) + " is " + key,
                                "give all sinks the same key in the same order, or write two workflows"));
                right = false;
            }
        }
        return right ? Optional.of(schema.withKey(key)) : Optional.empty();
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
            findings.add(
                    Level.COMPATIBILITY,
                    new Problem("DUPLICATE-COLUMN", keyPath(sink), "a column is named twice", "name each once"));
            return false;
        }
        List<String> columns = schema.columns().stream().map(Column::name).toList();
        List<String> missing =
                key.stream().filter(name -> schema.indexOf(name) < 0).toList();
        missing.forEach(name -> findings.add(
                Level.COMPATIBILITY,
                new Problem(
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
