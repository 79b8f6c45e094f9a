package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.Diagnostic.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a workflow.
 *
 * @param spec empty when a diagnostic is an error
 * @param diagnostics of the levels syntax and structure, in the order of their places
 * @param document the workflow with its parameters put in, without secrets being resolved; empty when the text is no document
 */
public record ParsedWorkflow(Optional<WorkflowSpec> spec, List<Diagnostic> diagnostics, Document document) {

    public ParsedWorkflow {
        diagnostics = List.copyOf(diagnostics);
    }

    /** The problem at its place in the text. */
    public Diagnostic error(Level level, Problem problem) {
        return document.diagnostic(level, Severity.ERROR, problem);
    }

    Diagnostic warning(Level level, Problem problem) {
        return document.diagnostic(level, Severity.WARNING, problem);
    }
}
