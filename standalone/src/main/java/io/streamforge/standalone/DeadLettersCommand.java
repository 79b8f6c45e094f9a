package io.streamforge.standalone;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code streamforge dead-letters RUN}. */
@Command(name = "dead-letters", description = "Lists the rows of a run that were rejected, and why.")
final class DeadLettersCommand implements Runnable {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    Remote remote = new Remote();

    @Parameters(paramLabel = "RUN", description = "Queue id of a run.")
    String run = "";

    @Option(
            names = "--replay",
            description =
                    "Write the rows again that targets have rejected, by a run of their own, whose id is printed.")
    boolean replay;

    @Option(names = "--json", description = "Print JSON for programs.")
    boolean json;

    @Override
    public void run() {
        String letters = "/api/v1/runs/" + ApiClient.encode(run) + "/dead-letters";
        Output out = new Output(spec.commandLine().getOut());
        if (replay) {
            replay(out, remote.connect().post(letters + "/replay"));
        } else {
            list(out, remote.connect().get(letters));
        }
    }

    private void replay(Output out, JsonNode answer) {
        if (json) {
            out.prettyJson(answer);
        } else {
            out.line(new RunView(answer).queueId());
        }
    }

    private void list(Output out, JsonNode answer) {
        if (json) {
            out.prettyJson(answer);
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode letter : answer.path("items")) {
            rows.add(List.of(
                    letter.path("place").asString(""),
                    letter.path("vertex").asString(""),
                    letter.path("error").path("code").asString(""),
                    letter.path("error").path("message").asString("")));
        }
        out.table(List.of("place", "vertex", "code", "message"), rows);
    }
}
