package io.streamforge.model;

import io.streamforge.messages.ErrorInfo;
import java.util.List;
import java.util.Optional;

/**
 * What came of planning.
 *
 * @param graph empty when a diagnostic is an error
 * @param diagnostics of all levels that were reached, warnings too
 * @param error the first error as a run reports it, with the category that tells whether trying again can help; empty when there is none
 */
public record PlanResult(Optional<JobGraph> graph, List<Diagnostic> diagnostics, Optional<ErrorInfo> error) {

    public PlanResult {
        diagnostics = List.copyOf(diagnostics);
    }
}
