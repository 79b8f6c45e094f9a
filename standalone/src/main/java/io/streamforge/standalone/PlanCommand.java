package io.streamforge.standalone;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.References;
import io.streamforge.messages.Json;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.Diagnostic;
import io.streamforge.model.JobGraph;
import io.streamforge.model.OperatorCatalog;
import io.streamforge.model.Plan;
import io.streamforge.model.PlanResult;
import io.streamforge.model.Planner;
import io.streamforge.queue.prepare.CatalogDiscoverer;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code streamforge plan FILE}: all five levels of validation, and what a run would consist of. */
@Command(
        name = "plan",
        description = "Connects to source and targets and shows what a run would consist of; starts nothing.")
final class PlanCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "Workflow file, YAML or JSON.")
    Path file = Path.of("");

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of one of the file's parameters.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON for programs.")
    boolean json;

    @Override
    public Integer call() {
        Catalog catalog = Catalog.load();
        Planner planner = new Planner(
                ConnectorDescriptors.load(PlanCommand.class.getClassLoader()),
                OperatorCatalog.of(catalog),
                new CatalogDiscoverer(catalog, References.ofEnvironment(System.getenv())));
        WorkflowFile workflow = WorkflowFile.read(file, parameters).requireValid();
        PlanResult result = planner.plan(workflow.parsed());
        JobGraph graph = result.graph()
                .orElseThrow(() ->
                        new CommandException(Exit.BAD_INPUT, Diagnostic.format(file.toString(), result.diagnostics())));
        Plan plan = Plan.of(workflow.parsed().spec().orElseThrow(), graph, result.diagnostics());
        Output out = new Output(spec.commandLine().getOut());
        if (json) {
            out.line(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(plan));
        } else {
            print(plan, out);
        }
        return Exit.OK;
    }

    private static void print(Plan plan, Output out) {
        out.line(plan.workflow() + " (" + plan.mode() + ")"
                + (plan.estimatedRows() == null ? "" : ", about " + Output.count(plan.estimatedRows()) + " rows"));
        out.line("");
        out.table(
                List.of("vertex", "connector", "worker", "workers", "operators"),
                plan.vertices().stream()
                        .map(vertex -> List.of(
                                vertex.name(),
                                vertex.connector(),
                                vertex.worker(),
                                String.valueOf(vertex.workers()),
                                String.join(" → ", vertex.operators())))
                        .toList());
        for (Plan.Edge edge : plan.edges()) {
            out.line("");
            out.line("topic " + edge.topic() + ": " + edge.from() + " → " + String.join(", ", edge.to()) + ", "
                    + edge.partitions() + (edge.partitions() == 1 ? " partition, " : " partitions, ") + edge.format());
            List<RowSchema> tables = edge.tables().isEmpty() ? List.of(edge.schema()) : edge.tables();
            for (RowSchema table : tables) {
                if (tables.size() > 1) {
                    out.line("table " + table.name() + ":");
                }
                columns(table, out);
            }
        }
        plan.warnings().forEach(warning -> out.line("warning: " + warning.path() + " " + warning.message()));
    }

    private static void columns(RowSchema table, Output out) {
        out.table(
                List.of("  column", "type", ""),
                table.columns().stream()
                        .map(column ->
                                List.of("  " + column.name(), column.type().toString(), note(column, table.key())))
                        .toList());
    }

    private static String note(Column column, List<String> key) {
        String nullable = column.nullable() ? "" : "not null";
        return key.contains(column.name()) ? (nullable + " key").strip() : nullable;
    }
}
