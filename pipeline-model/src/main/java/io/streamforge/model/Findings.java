package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Problem;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.WorkflowSpec.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what planning finds wrong. */
final class Findings {

    private final ParsedWorkflow workflow;
    private final List<Diagnostic> diagnostics;
    private @Nullable ErrorInfo unreachable;

    Findings(ParsedWorkflow workflow, List<Diagnostic> diagnostics) {
        this.workflow = workflow;
        this.diagnostics = new ArrayList<>(diagnostics);
    }

    boolean failed() {
        return Diagnostic.anyError(diagnostics);
    }

    void add(Level level, Problem problem) {
        diagnostics.add(workflow.error(level, problem));
    }

    /** A system that could not be asked. */
    void unreachable(Endpoint endpoint, ErrorInfo error) {
        String option = error.path();
        String path = option != null && endpoint.options().containsKey(option)
                ? Document.member(options(endpoint), option)
                : endpoint.path();
        String message = Masking.text(error.message());
        if (unreachable == null) {
            unreachable = new ErrorInfo(error.code(), error.category(), message, path, error.suggestion());
        }
        add(Level.CONNECTION, new Problem(error.code(), path, message, error.suggestion()));
    }

    /** What a sink objects to; a path that is none of its options is about the rows and goes into the message. */
    void incompatible(Endpoint sink, ConnectorDescriptor.Role role, List<Problem> problems) {
        for (Problem problem : problems) {
            String first = problem.path().split("[.\\[]", 2)[0];
            boolean option = role.options().stream().map(OptionSpec::name).anyMatch(first::equals);
            String message =
                    option || problem.path().isEmpty() ? problem.message() : problem.path() + ": " + problem.message();
            String path = option ? Document.member(options(sink), problem.path()) : sink.path();
            add(Level.COMPATIBILITY, new Problem(problem.code(), path, message, problem.suggestion()));
        }
    }

    PlanResult result(Optional<JobGraph> graph) {
        return new PlanResult(graph, Diagnostic.sorted(diagnostics), error());
    }

    private Optional<ErrorInfo> error() {
        if (unreachable != null) {
            return Optional.of(unreachable);
        }
        return diagnostics.stream()
                .filter(Diagnostic::error)
                .findFirst()
                .map(first ->
                        new ErrorInfo(first.code(), Category.FATAL, first.message(), first.path(), first.suggestion()));
    }

    private static String options(Endpoint endpoint) {
        return Document.member(endpoint.path(), "options");
    }
}
