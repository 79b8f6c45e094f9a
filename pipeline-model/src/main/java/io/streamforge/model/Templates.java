package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shipped templates: {@code META-INF/streamforge/templates/<name>.yaml}. */
public final class Templates {

    private static final String RESOURCES = "/META-INF/streamforge/templates/";
    private static final List<String> SHIPPED = List.of("market-data", "market-graph");

    private final List<Template> all;

    private Templates(List<Template> all) {
        this.all = all;
    }

    private static final class Shipped {
        static final Templates TEMPLATES =
                new Templates(SHIPPED.stream().map(Templates::load).toList());
    }

    public static Templates shipped() {
        return Shipped.TEMPLATES;
    }

    public List<Template> all() {
        return all;
    }

    public Optional<Template> find(String name) {
        return all.stream().filter(template -> template.name().equals(name)).findFirst();
    }

    /** The template that a text means: the one it names, or the one whose parameters it is made of; empty when it is a workflow itself, or after a problem. */
    Optional<Template> named(Document text, List<Problem> problems) {
        Map<String, Object> root = text.root();
        if (root.containsKey(Template.TEMPLATE)) {
            String name = String.valueOf(root.get(Template.TEMPLATE));
            Optional<Template> template = find(name);
            if (template.isEmpty()) {
                problems.add(new Problem(
                        "UNKNOWN-TEMPLATE",
                        Template.TEMPLATE,
                        "'" + ParameterType.shown(name) + "' is not a template",
                        Suggestions.sentence(
                                name, all.stream().map(Template::name).toList())));
            }
            return template;
        }
        if (SpecReader.WORKFLOW_MEMBERS.stream().anyMatch(root::containsKey)) {
            return Optional.empty();
        }
        return all.stream()
                .filter(template -> shared(template, root) > 0)
                .max(Comparator.comparingLong(template -> shared(template, root)));
    }

    private static long shared(Template template, Map<String, Object> root) {
        return template.parameters().stream()
                .filter(parameter -> root.containsKey(parameter.name()))
                .count();
    }

    private static Template load(String name) {
        try (InputStream resource = Templates.class.getResourceAsStream(RESOURCES + name + ".yaml")) {
            if (resource == null) {
                throw new IllegalStateException("template " + name + " is missing from " + RESOURCES);
            }
            return read(name, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read template " + name, e);
        }
    }

    private static Template read(String name, String text) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try {
            Document document = DocumentReader.read(text, diagnostics);
            Members root = new Members(document.root(), "", problems);
            Members about = root.mapping("about");
            Template template = new Template(
                    name,
                    about.requiredText("title", ""),
                    about.requiredText("description", ""),
                    Template.declared(root, problems),
                    root.rawMapping("workflow"));
            if (problems.isEmpty() && diagnostics.isEmpty()) {
                return template;
            }
        } catch (SyntaxException e) {
            diagnostics.add(e.diagnostic());
        }
        throw new IllegalStateException("template " + name + ": " + problems + diagnostics);
    }
}
