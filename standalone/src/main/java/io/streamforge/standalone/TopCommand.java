package io.streamforge.standalone;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code streamforge top}. */
@Command(
        name = "top",
        description = "Shows the runs that are under way and their workers, again and again until it is interrupted.")
final class TopCommand implements Runnable {

    private static final String RUNS =
            "/api/v1/runs?limit=200&state=pending,scheduled,starting,running,paused,draining";
    private static final String SYSTEM = "/api/v1/metrics/system";
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    Remote remote = new Remote();

    @Option(names = "--once", description = "Show them once.")
    boolean once;

    @Option(names = "--json", description = "Print JSON for programs, once.")
    boolean json;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Seconds between two looks (default: ${DEFAULT-VALUE}).")
    int interval = 1;

    @Override
    public void run() {
        if (interval < 1) {
            throw new CommandException(Exit.BAD_INPUT, "--interval is a number of seconds, 1 at least");
        }
        ApiClient api = remote.connect();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new Output(out)
                    .json(Map.of(
                            "system", api.get(SYSTEM), "runs", api.get(RUNS).path("items")));
            return;
        }
        TopView view = new TopView(api.server());
        if (once) {
            print(out, look(api, view), false);
        } else {
            watch(api, view, out);
        }
    }

    private void watch(ApiClient api, TopView view, PrintWriter out) {
        boolean terminal = Boolean.getBoolean("streamforge.terminal");
        try (Interruption interruption = new Interruption()) {
            do {
                print(out, look(api, view), terminal);
            } while (!interruption.await(Duration.ofSeconds(interval)));
        }
    }

    private static List<String> look(ApiClient api, TopView view) {
        JsonNode runs = api.get(RUNS).path("items");
        return view.lines(api.get(SYSTEM), runs, Instant.now());
    }

    private static void print(PrintWriter out, List<String> lines, boolean terminal) {
        out.println((terminal ? CLEAR : "") + String.join(System.lineSeparator(), lines));
        out.flush();
    }
}
