package io.streamforge.queue.workflow;

import io.streamforge.connector.Problem;
import io.streamforge.model.Diagnostic;
import io.streamforge.model.Diagnostic.Level;
import io.streamforge.model.ParsedWorkflow;
import io.streamforge.model.Validator;
import io.streamforge.model.WorkflowParser;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what users send: from text to a definition that is right as far as can be told without asking the systems. */
public final class Definitions {

    private final PlainSecrets secrets;
    private final Validator validator;
    private final Map<String, Object> serverDefaults;

    /** @param serverDefaults values of template parameters that this server knows better */
    public Definitions(PlainSecrets secrets, Validator validator, Map<String, Object> serverDefaults) {
        this.secrets = secrets;
        this.validator = validator;
        this.serverDefaults = Map.copyOf(serverDefaults);
    }

    /** What came of reading a text. */
    public record Read(ParsedWorkflow parsed, List<Diagnostic> diagnostics) {

        public boolean valid() {
            return parsed.spec().isPresent() && !Diagnostic.anyError(diagnostics);
        }
    }

    /** Reads and checks; never throws because of the text. */
    public Read read(String text, Map<String, Object> parameters) {
        ParsedWorkflow parsed = WorkflowParser.parse(text, parameters, serverDefaults);
        List<Diagnostic> diagnostics = new ArrayList<>(validator.validate(parsed));
        parsed.spec().ifPresent(spec -> {
            for (Problem problem : secrets.misplaced(spec)) {
                diagnostics.add(parsed.error(Level.SEMANTICS, problem));
            }
        });
        return new Read(parsed, diagnostics);
    }

    /**
     * Reads a definition that is to be stored.
     *
     * @throws RefusedException with every problem, when it is not right
     */
    public WorkflowSpec require(String text, Map<String, Object> parameters) {
        Read read = read(text, parameters);
        if (!read.valid()) {
            boolean malformed = read.diagnostics().stream()
                    .anyMatch(diagnostic -> diagnostic.error() && diagnostic.level() == Level.SYNTAX);
            long count = read.diagnostics().stream().filter(Diagnostic::error).count();
            throw new RefusedException(
                    malformed ? Reason.MALFORMED : Reason.INVALID,
                    malformed ? "MALFORMED" : "INVALID-WORKFLOW",
                    count == 1 ? "the workflow has 1 problem" : "the workflow has " + count + " problems",
                    read.diagnostics());
        }
        return read.parsed().spec().orElseThrow();
    }

    PlainSecrets.Taken takeSecrets(WorkflowSpec spec) {
        return secrets.take(spec);
    }

    /** A stored definition. */
    static WorkflowSpec stored(Map<String, Object> document) {
        ParsedWorkflow parsed = WorkflowParser.ofDocument(document);
        return parsed.spec()
                .orElseThrow(() -> new RefusedException(
                        Reason.INVALID,
                        "INVALID-WORKFLOW",
                        "the stored definition is not understood by this version; send it anew",
                        parsed.diagnostics()));
    }
}
