package io.streamforge.standalone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code streamforge runs [WORKFLOW]}. */
@Command(name = "runs", description = "Lists the runs of a workflow, or of all of them, newest first.")
final class RunsCommand implements Runnable {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    Remote remote = new Remote();

    @Parameters(arity = "0..1", paramLabel = "WORKFLOW", description = "Name of a workflow.")
    @Nullable String workflow;

    @Option(names = "--json", description = "Print JSON for programs.")
    boolean json;

    @Override
    public void run() {
        String path = workflow == null ? "/api/v1/runs" : "/api/v1/workflows/" + ApiClient.encode(workflow) + "/runs";
        JsonNode answer = remote.connect().get(path);
        Output out = new Output(spec.commandLine().getOut());
        if (json) {
            out.prettyJson(answer);
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            RunView run = new RunView(item);
            long written = run.edges().stream().mapToLong(RunView.Edge::out).sum();
            rows.add(List.of(
                    run.queueId(),
                    run.state(),
                    item.path("created_at").asString(""),
                    Output.count(written),
                    run.error().path("message").asString(run.reason())));
        }
        out.table(List.of("run", "state", "created", "rows", ""), rows);
    }
}
