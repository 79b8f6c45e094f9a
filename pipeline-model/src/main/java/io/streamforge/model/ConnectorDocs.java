package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The reference pages of connectors in Markdown, made from their descriptors. */
public final class ConnectorDocs {

    private static final String NOTE = "<!-- Generated from the connector's descriptor; change the descriptor. -->\n";

    private ConnectorDocs() {}

    /** Text by file name: a page per connector, and {@code README.md} that lists them. */
    public static Map<String, String> pages(ConnectorDescriptors connectors) {
        Map<String, String> pages = new TreeMap<>();
        connectors.all().values().forEach(one -> pages.put(one.name() + ".md", page(one)));
        pages.put("README.md", index(connectors));
        return pages;
    }

    static String page(ConnectorDescriptor descriptor) {
        StringBuilder page = new StringBuilder(NOTE)
                .append("# ")
                .append(descriptor.title())
                .append("\n\n`connector: ")
                .append(descriptor.name())
                .append("`\n\n")
                .append(prose(descriptor.description()))
                .append("\n");
        role(page, "As a source", descriptor.source());
        role(page, "As a sink", descriptor.sink());
        return page.toString();
    }

    private static String index(ConnectorDescriptors connectors) {
        StringBuilder index =
                new StringBuilder(NOTE).append("# Connectors\n\n| connector | source | sink | |\n|---|---|---|---|\n");
        for (ConnectorDescriptor one : connectors.all().values()) {
            index.append("| [`%s`](%s.md) | %s | %s | %s |\n"
                    .formatted(one.name(), one.name(), yes(one.source()), yes(one.sink()), cell(one.title())));
        }
        return index.toString();
    }

    private static String yes(ConnectorDescriptor.@Nullable Role role) {
        return role == null ? "" : "yes";
    }

    private static void role(StringBuilder page, String title, ConnectorDescriptor.@Nullable Role role) {
        if (role == null) {
            return;
        }
        page.append("\n## ")
                .append(title)
                .append("\n\n")
                .append(prose(role.guarantee()))
                .append("\n\nHosted by `")
                .append(role.worker())
                .append("`.\n\n| option | type | default | |\n|---|---|---|---|\n");
        role.options().forEach(option -> page.append(row(option)));
    }

    private static String row(OptionSpec option) {
        String fallback = option.defaultValue();
        String presence = option.required() ? "required" : fallback == null ? "" : code(fallback);
        return "| `%s` | %s | %s | %s |\n".formatted(option.name(), type(option), presence, cell(text(option)));
    }

    private static String type(OptionSpec option) {
        String type = option.type().name().toLowerCase(Locale.ROOT);
        return option.secret() ? type + ", secret" : type;
    }

    private static String text(OptionSpec option) {
        StringBuilder text = new StringBuilder(prose(option.description()));
        List<String> allowed = option.allowed();
        String example = option.example();
        if (!allowed.isEmpty()) {
            text.append(" One of ")
                    .append(allowed.stream().map(ConnectorDocs::code).collect(Collectors.joining(", ")))
                    .append(".");
        }
        if (example != null) {
            text.append(" For example ").append(code(example)).append(".");
        }
        return text.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }

    /** Text in which a page's reader sees every character. */
    private static String prose(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
