package io.streamforge.standalone;

import io.streamforge.connector.Catalog;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.Diagnostic;
import io.streamforge.model.OperatorCatalog;
import io.streamforge.model.ParsedWorkflow;
import io.streamforge.model.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code streamforge validate FILE…}: syntax, structure and semantics; nothing is connected to. */
@Command(
        name = "validate",
        description = "Checks workflow files and reports every mistake at its place; connects to nothing (plan does).")
final class ValidateCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Workflow files, YAML or JSON.")
    List<Path> files = List.of();

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of one of the files' parameters.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print JSON for programs.")
    boolean json;

    private record Report(String file, List<Diagnostic> problems) {}

    @Override
    public Integer call() {
        Validator validator = new Validator(
                ConnectorDescriptors.load(ValidateCommand.class.getClassLoader()), OperatorCatalog.of(Catalog.load()));
        List<Report> reports = new ArrayList<>();
        for (Path file : files) {
            ParsedWorkflow parsed = WorkflowFile.read(file, parameters).parsed();
            reports.add(new Report(
                    file.toString(), parsed.spec().isEmpty() ? parsed.diagnostics() : validator.validate(parsed)));
        }
        Output out = new Output(spec.commandLine().getOut());
        if (json) {
            out.json(reports);
        } else {
            reports.forEach(report -> print(report, out));
        }
        return reports.stream().anyMatch(report -> Diagnostic.anyError(report.problems())) ? Exit.BAD_INPUT : Exit.OK;
    }

    private static void print(Report report, Output out) {
        out.line(
                report.problems().isEmpty()
                        ? report.file() + ": ok"
                        : Diagnostic.format(report.file(), report.problems()));
    }
}
