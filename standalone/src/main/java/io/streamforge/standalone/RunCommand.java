package io.streamforge.standalone;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code streamforge run FILE}: a platform for one run. */
@Command(
        name = "run",
        description = {
            "Runs a workflow to its end on this machine and prints its account.",
            "Without --data nothing is kept: the source is read from its beginning each time."
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "FILE", description = "Workflow file, YAML or JSON.")
    Path file = Path.of("");

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of one of the file's parameters.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print one JSON object as the last line, and nothing else.")
    boolean json;

    @Override
    public Integer call() {
        WorkflowFile workflow = WorkflowFile.read(file, parameters).requireValid();
        Output out = new Output(spec.commandLine().getOut());
        try (Interruption interruption = new Interruption();
                TemporaryData data = TemporaryData.orGiven(server.data);
                Platform platform = Platform.start(server.settings(data.directory(), 0, true))) {
            JsonNode accepted = platform.api().post("/api/v1/workflows", workflow.json(), "application/json");
            RunView run = platform.follow(
                    new RunView(accepted.path("run")).queueId(), json, spec.commandLine(), interruption);
            if (json) {
                RunReport.printJson(run, out);
            } else {
                RunReport.print(run, out);
            }
            return RunReport.exitCode(run);
        }
    }
}
