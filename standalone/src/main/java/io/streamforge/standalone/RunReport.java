package io.streamforge.standalone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The account of an ended run: its last lines, or one JSON object. */
final class RunReport {

    private RunReport() {}

    static void print(RunView run, Output out) {
        out.line("%s %s%s"
                .formatted(
                        run.queueId(),
                        run.state(),
                        run.dataSeconds() > 0
                                ? String.format(
                                        Locale.ROOT, " (%.2f s from first read to last commit)", run.dataSeconds())
                                : ""));
        if (!run.edges().isEmpty()) {
            out.table(
                    List.of("edge", "in", "out", "filtered", "rejected"),
                    run.edges().stream()
                            .map(edge -> List.of(
                                    edge.from() + " → " + edge.to(),
                                    Output.count(edge.in()),
                                    Output.count(edge.out()),
                                    Output.count(edge.filtered()),
                                    Output.count(edge.rejected())))
                            .toList());
        }
        JsonNode error = run.error();
        if (error.isObject()) {
            out.line("error: " + error.path("code").asString("") + ": "
                    + error.path("message").asString(""));
            String suggestion = error.path("suggestion").asString("");
            if (!suggestion.isEmpty()) {
                out.line("       " + suggestion);
            }
        }
    }

    static void printJson(RunView run, Output out) {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("queue_id", run.queueId());
        report.put("state", run.state());
        report.put("data_seconds", run.dataSeconds());
        report.put("edges", new ArrayList<>(run.edges()));
        report.put("error", run.error().isObject() ? run.error() : null);
        out.json(report);
    }

    static int exitCode(RunView run) {
        return run.state().equals("completed") ? Exit.OK : Exit.RUN_FAILED;
    }
}
