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

/** {@code streamforge run FILE}: a platform for one run. */
@Command(
        name = "run",
        description = {
            "Runs a workflow to its end on this machine and prints its account.",
            "Without --data nothing is kept: the source is read from its beginning each time. With the same --data the next run goes on "
                    + "where the last one ended."
        })
final class RunCommand implements Callable<Integer> {

    private static final String JSON = "application/json";

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
            RunView run =
                    platform.follow(begin(platform.api(), workflow).queueId(), json, spec.commandLine(), interruption);
            if (json) {
                RunReport.printJson(run, out);
            } else {
                RunReport.print(run, out);
            }
            return RunReport.exitCode(run);
        }
    }

    /** In data that was used before, the workflow is there, and perhaps a run of it that was killed and goes on. */
    private static RunView begin(ApiClient api, WorkflowFile workflow) {
        String path = "/api/v1/workflows/" + ApiClient.encode(workflow.name());
        if (!api.exists(path)) {
            return new RunView(
                    api.post("/api/v1/workflows", workflow.json(), JSON).path("run"));
        }
        api.put(path, workflow.json(), JSON);
        RunView latest = new RunView(api.get(path).path("run"));
        return latest.queueId().isEmpty() || latest.ended() ? new RunView(api.post(path + "/start")) : latest;
    }
}
