package io.streamforge.standalone;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.Connector;
import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.Suggestions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code streamforge connectors [TYPE]}. */
@Command(name = "connectors", description = "Lists the connectors, or the options of one.")
final class ConnectorsCommand implements Runnable {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "TYPE", description = "Name of a connector.")
    @Nullable String type;

    @Option(names = "--json", description = "Print JSON for programs.")
    boolean json;

    @Override
    public void run() {
        Catalog catalog = Catalog.load();
        Output out = new Output(spec.commandLine().getOut());
        List<ConnectorDescriptor> all = catalog.connectors().values().stream()
                .map(Connector::descriptor)
                .toList();
        if (type == null) {
            list(all, out);
        } else {
            show(find(catalog, type), out);
        }
    }

    private static ConnectorDescriptor find(Catalog catalog, String name) {
        Connector connector = catalog.connectors().get(name);
        if (connector == null) {
            throw new CommandException(
                    Exit.BAD_INPUT,
                    "'" + name + "' is not a connector; "
                            + Suggestions.sentence(name, catalog.connectors().keySet()));
        }
        return connector.descriptor();
    }

    private void list(List<ConnectorDescriptor> all, Output out) {
        if (json) {
            out.json(all);
            return;
        }
        out.table(
                List.of("connector", "source", "sink", ""),
                all.stream()
                        .map(one -> List.of(
                                one.name(),
                                one.source() == null ? "" : "yes",
                                one.sink() == null ? "" : "yes",
                                one.title()))
                        .toList());
    }

    private void show(ConnectorDescriptor descriptor, Output out) {
        if (json) {
            out.json(descriptor);
            return;
        }
        out.line(descriptor.name() + ": " + descriptor.description());
        options("as a source", descriptor.source(), out);
        options("as a sink", descriptor.sink(), out);
    }

    private static void options(String title, ConnectorDescriptor.@Nullable Role role, Output out) {
        if (role == null) {
            return;
        }
        out.line("");
        out.line(title + ": " + role.guarantee());
        List<List<String>> rows = new ArrayList<>();
        for (OptionSpec option : role.options()) {
            String fallback = option.defaultValue();
            rows.add(List.of(
                    "  " + option.name(),
                    option.allowed().isEmpty()
                            ? option.type().name().toLowerCase(java.util.Locale.ROOT)
                            : String.join("|", option.allowed()),
                    option.required() ? "required" : fallback == null ? "" : "default " + fallback,
                    option.description()));
        }
        out.table(List.of("  option", "type", "", ""), rows);
    }
}
