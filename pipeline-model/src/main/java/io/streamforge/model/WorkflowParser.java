package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.model.Diagnostic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Levels one and two: from text to a specification, with every mistake at its place. Never throws because of the text. */
public final class WorkflowParser {

    private WorkflowParser() {}

    /**
     * Reads YAML or JSON: a workflow, with or without parameters of its own, or what names a shipped template and its
     * parameters ({@code {template: …, parameters: {…}}}, or the parameters alone, such as {@code {symbol: …, type: …, time_range: …}}).
     *
     * @param parameters values given beside the text (text for any type will do); they win over those in the text
     * @param serverDefaults defaults of shipped templates' parameters that this server knows better, such as {@code target}; they may hold
     *     placeholders for other parameters
     */
    public static ParsedWorkflow parse(
            String text, Map<String, Object> parameters, Map<String, Object> serverDefaults) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        Document document;
        try {
            document = DocumentReader.read(text, diagnostics);
        } catch (SyntaxException e) {
            diagnostics.add(e.diagnostic());
            return new ParsedWorkflow(Optional.empty(), Diagnostic.sorted(diagnostics), Document.EMPTY);
        }
        List<Problem> problems = new ArrayList<>();
        Optional<Template> template = Templates.shipped().named(document, problems);
        Document expanded = document;
        if (template.isPresent()) {
            expanded = template.get().expand(document, parameters, serverDefaults, problems);
        } else if (problems.isEmpty()) {
            expanded = Template.expandOwn(document, parameters, problems);
        }
        problems.forEach(problem -> diagnostics.add(document.error(Level.STRUCTURE, problem)));
        return Diagnostic.anyError(diagnostics)
                ? new ParsedWorkflow(Optional.empty(), Diagnostic.sorted(diagnostics), Document.EMPTY)
                : structure(expanded, diagnostics);
    }

    public static ParsedWorkflow parse(String text) {
        return parse(text, Map.of(), Map.of());
    }

    /** Makes a specification of {@link WorkflowSpec#document} again; every place is the document's beginning. */
    public static ParsedWorkflow ofDocument(Map<String, Object> document) {
        return structure(Document.of(document), new ArrayList<>());
    }

    private static ParsedWorkflow structure(Document document, List<Diagnostic> diagnostics) {
        List<Problem> problems = new ArrayList<>();
        WorkflowSpec spec = new SpecReader(problems).read(document.root());
        problems.forEach(problem -> diagnostics.add(document.error(Level.STRUCTURE, problem)));
        Optional<WorkflowSpec> right = Diagnostic.anyError(diagnostics) ? Optional.empty() : Optional.of(spec);
        return new ParsedWorkflow(right, Diagnostic.sorted(diagnostics), document);
    }
}
