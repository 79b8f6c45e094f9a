package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A workflow with parameters, shipped under a name.
 *
 * @param parameters in the order declared
 * @param body the workflow, with placeholders
 */
public record Template(
        String name, String title, String description, List<Parameter> parameters, Map<String, Object> body) {

    static final String PARAMETERS = "parameters";
    static final String TEMPLATE = "template";

    /** Members of the text that say which template it is, besides the parameters. */
    private static final Set<String> OWN_MEMBERS = Set.of(TEMPLATE, PARAMETERS);

    public Template {
        parameters = List.copyOf(parameters);
    }

    /** The workflow that a text which names this template means; problems are at the parameters' places in the text. */
    Document expand(
            Document text, Map<String, Object> overrides, Map<String, Object> serverDefaults, List<Problem> problems) {
        boolean nested = text.root().containsKey(TEMPLATE);
        Map<String, Object> written = new LinkedHashMap<>(
                nested ? new Members(text.root(), "", problems).rawMapping(PARAMETERS) : text.root());
        Map<String, Parameter> known = byName(parameters);
        if (nested) {
            reportUnknown(text.root(), "", OWN_MEMBERS, problems);
        }
        String prefix = nested ? PARAMETERS : "";
        reportUnknown(written, prefix, known.keySet(), problems);
        reportUnknown(overrides, "", known.keySet(), problems);
        written.putAll(overrides);
        Placeholders filled = fill(new Arguments(known, written, serverDefaults, prefix, problems), problems);
        Map<String, Object> workflow = filled.mapping(body, "");
        Map<String, Location> locations = new HashMap<>();
        locations.put("", text.locate(""));
        filled.origins().forEach((path, name) -> locations.put(path, text.locate(Document.member(prefix, name))));
        return new Document(workflow, locations);
    }

    /** A workflow with its own parameters put in. */
    static Document expandOwn(Document text, Map<String, Object> overrides, List<Problem> problems) {
        Map<String, Object> body = new LinkedHashMap<>(text.root());
        List<Parameter> declared = declared(new Members(text.root(), "", problems), problems);
        body.remove(PARAMETERS);
        Map<String, Parameter> known = byName(declared);
        reportUnknown(overrides, "", known.keySet(), problems);
        Placeholders filled = fill(new Arguments(known, overrides, Map.of(), PARAMETERS, problems), problems);
        return new Document(filled.mapping(body, ""), text.locations());
    }

    /** Parameters as they are declared in a text. */
    static List<Parameter> declared(Members root, List<Problem> problems) {
        List<Parameter> parameters = new ArrayList<>();
        Map<String, Object> written = root.rawMapping(PARAMETERS);
        Members declarations = new Members(written, PARAMETERS, problems);
        written.keySet().forEach(name -> parameters.add(Parameter.read(name, declarations.mapping(name))));
        return parameters;
    }

    private static Placeholders fill(Arguments arguments, List<Problem> problems) {
        arguments.check();
        return new Placeholders(arguments, problems);
    }

    private static void reportUnknown(
            Map<String, Object> written, String prefix, Set<String> known, List<Problem> problems) {
        written.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(new Problem(
                        "UNKNOWN-PARAMETER",
                        Document.member(prefix, name),
                        "'" + ParameterType.shown(name) + "' is not a parameter",
                        known.isEmpty() ? "the workflow has none" : Suggestions.sentence(name, known))));
    }

    private static Map<String, Parameter> byName(List<Parameter> parameters) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
        return byName;
    }
}
