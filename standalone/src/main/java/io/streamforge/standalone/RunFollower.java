package io.streamforge.standalone;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows a run until it has ended and shows a line per vertex: rewritten in place on a terminal, otherwise printed when something
 * has changed and two seconds have passed.
 */
final class RunFollower {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(2);

    private final ApiClient api;
    private final PrintWriter out;
    private final boolean terminal;
    private final Interruption interruption;
    private final Map<String, Long> rowsBefore = new LinkedHashMap<>();
    private Instant before = Instant.now();
    private String shown = "";
    private int shownLines;

    RunFollower(ApiClient api, PrintWriter out, boolean terminal, Interruption interruption) {
        this.api = api;
        this.out = out;
        this.terminal = terminal;
        this.interruption = interruption;
    }

    /** Blocks until the run has ended or the command is interrupted, and returns its last known form. */
    RunView follow(String queueId) {
        RunView run = get(queueId);
        while (!run.ended() && !interruption.await(POLL)) {
            run = get(queueId);
            show(run);
        }
        show(run);
        return run;
    }

    private RunView get(String queueId) {
        return new RunView(api.get("/api/v1/runs/" + ApiClient.encode(queueId)));
    }

    private void show(RunView run) {
        Instant now = Instant.now();
        Duration elapsed = Duration.between(before, now);
        if (elapsed.compareTo(terminal ? POLL : PLAIN_INTERVAL) < 0 && !run.ended()) {
            return;
        }
        List<String> lines = lines(run, elapsed);
        before = now;
        String text = String.join(System.lineSeparator(), lines);
        if (text.equals(shown)) {
            return;
        }
        if (terminal && shownLines > 0) {
            out.print("\u001b[" + shownLines + "A\u001b[J");
        }
        out.println(text);
        out.flush();
        shown = text;
        shownLines = lines.size();
    }

    private List<String> lines(RunView run, Duration elapsed) {
        if (run.vertices().isEmpty()) {
            return List.of("  %-10s %s".formatted(run.state(), run.reason()).stripTrailing());
        }
        return run.vertices().stream().map(vertex -> line(vertex, elapsed)).toList();
    }

    private String line(RunView.Vertex vertex, Duration elapsed) {
        long rows = Math.max(vertex.read(), vertex.written());
        Long previous = rowsBefore.put(vertex.name(), rows);
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        long rate = previous == null ? 0 : Math.round((rows - previous) / seconds);
        String line = "  %-10s %-10s %12s rows".formatted(vertex.name(), vertex.status(), Output.count(rows));
        if (rate > 0 && vertex.status().equals("loading")) {
            line += " %11s rows/s".formatted(Output.count(rate));
        }
        return vertex.lag() > 0 ? line + "  lag " + Output.count(vertex.lag()) : line;
    }
}
