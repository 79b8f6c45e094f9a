package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.Task;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.WorkflowSpec.Endpoint;
import io.streamforge.model.WorkflowSpec.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Level three: components and options exist, and options are what they should be. Needs no network. */
public final class Validator {

    /** Operators that keep state over rows, of which some are stages by now. */
    private static final Set<String> STATEFUL = Set.of("aggregate", "deduplicate", "join", "window");

    private final ConnectorDescriptors connectors;
    private final OperatorCatalog operators;

    public Validator(ConnectorDescriptors connectors, OperatorCatalog operators) {
        this.connectors = connectors;
        this.operators = operators;
    }

    /**
     * All mistakes and warnings of the levels one to three. Mistakes of level three are found beside those of level two, as far as
     * the text can be understood.
     */
    public List<Diagnostic> validate(ParsedWorkflow workflow) {
        List<Diagnostic> diagnostics = new ArrayList<>(workflow.diagnostics());
        draft(workflow).ifPresent(spec -> {
            component(workflow, connectors.source(spec), Task.Role.SOURCE, diagnostics);
            spec.sinks().forEach(sink -> component(workflow, sink, Task.Role.SINK, diagnostics));
            spec.operators().forEach(operation -> operator(workflow, operation, diagnostics));
        });
        return Diagnostic.sorted(diagnostics);
    }

    private static Optional<WorkflowSpec> draft(ParsedWorkflow workflow) {
        Map<String, Object> root = workflow.document().root();
        if (workflow.spec().isPresent() || root.isEmpty()) {
            return workflow.spec();
        }
        return Optional.of(new SpecReader(new ArrayList<>()).read(root));
    }

    private void component(ParsedWorkflow workflow, Endpoint endpoint, Task.Role role, List<Diagnostic> diagnostics) {
        if (endpoint.connector().isEmpty()) {
            return;
        }
        Optional<ConnectorDescriptor.Role> side = connectors.role(endpoint.connector(), role);
        if (side.isEmpty()) {
            diagnostics.add(workflow.error(Level.SEMANTICS, unknown(endpoint, role)));
            return;
        }
        String path = Document.member(endpoint.path(), "options");
        OptionChecks.errors(side.get().options(), endpoint.options())
                .forEach(problem -> diagnostics.add(workflow.error(Level.SEMANTICS, problem.under(path))));
        if (role == Task.Role.SINK
                && "last".equals(workflow.document().root().get("from"))
                && connectors.replaces(endpoint)) {
            diagnostics.add(workflow.warning(
                    Level.SEMANTICS,
                    new Problem(
                            "REPLACES-WITH-NEW",
                            "from",
                            endpoint.path() + " replaces its target by what is new since the last run",
                            "leave out 'from', or write 'fresh', so that it gets all rows")));
        }
        OptionChecks.warnings(side.get().options(), endpoint.options())
                .forEach(problem -> diagnostics.add(workflow.warning(Level.SEMANTICS, problem.under(path))));
    }

    private Problem unknown(Endpoint endpoint, Task.Role role) {
        String path = Document.member(endpoint.path(), "connector");
        String name = endpoint.connector();
        if (connectors.find(name).isPresent()) {
            return new Problem(
                    "CONNECTOR-ROLE",
                    path,
                    "'" + name + (role == Task.Role.SOURCE ? "' cannot be read from" : "' cannot be written to"),
                    (role == Task.Role.SOURCE ? "sources: " : "sinks: ") + String.join(", ", connectors.names(role)));
        }
        return new Problem(
                "UNKNOWN-CONNECTOR",
                path,
                "'" + ParameterType.shown(name) + "' is not a connector",
                Suggestions.sentence(name, connectors.names(role)));
    }

    private void operator(ParsedWorkflow workflow, Operation operation, List<Diagnostic> diagnostics) {
        String name = operation.name();
        List<String> known = operators.names();
        if (known.contains(name)) {
            return;
        }
        Problem problem = STATEFUL.contains(name)
                ? new Problem(
                        "NOT-AVAILABLE",
                        operation.path(),
                        "'" + name + "' keeps state over rows, which is not available in this version",
                        "available: " + String.join(", ", known))
                : new Problem(
                        "UNKNOWN-OPERATOR",
                        operation.path(),
                        "'" + ParameterType.shown(name) + "' is not an operator",
                        Suggestions.sentence(name, known));
        diagnostics.add(workflow.error(Level.SEMANTICS, problem));
    }
}
