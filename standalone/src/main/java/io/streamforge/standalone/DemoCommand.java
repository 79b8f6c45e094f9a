package io.streamforge.standalone;

import io.streamforge.dummy.SimulatedExchange;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code streamforge demo}. */
@Command(
        name = "demo",
        description =
                "Loads a day of candles from a simulated exchange into a SQLite file, with everything on this machine.")
final class DemoCommand implements Callable<Integer> {

    private static final String REQUEST = """
            {"symbol": "BTCUSDT", "type": "api_candles_5m", "time_range": "2024-08-01:2024-08-02"}""";

    private static final String WORKFLOW = "btcusdt-api_candles_5m-20240801-20240802";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DataDirectory.DEFAULT + "/demo",
            description = "Where everything it makes lies (default: ${DEFAULT-VALUE}).")
    Path data = Path.of(DataDirectory.DEFAULT, "demo");

    @Override
    public Integer call() {
        Output out = new Output(spec.commandLine().getOut());
        Path database = data.resolve("market.db");
        out.line("starting a broker, queue-manager and a simulated exchange …");
        try (Interruption interruption = new Interruption();
                SimulatedExchange exchange = SimulatedExchange.start(0);
                Platform platform = Platform.start(new Platform.Settings(
                        data,
                        0,
                        0,
                        null,
                        Platform.LauncherKind.IN_PROCESS,
                        true,
                        templateDefaults(exchange.url(), database)))) {
            out.line("POST " + platform.api().server() + "/api/v1/workflows");
            out.line("  " + REQUEST);
            RunView run = platform.follow(start(platform.api()), false, spec.commandLine(), interruption);
            out.line("");
            RunReport.print(run, out);
            out.line("");
            out.line("the result:  sqlite3 " + database
                    + " 'SELECT open_time, open, high, low, close FROM btcusdt_api_candles_5m_2024_08_01 LIMIT 5'");
            out.line("the API:     ./streamforge server --data " + data);
            out.line("             curl -H \"Authorization: Bearer $(cat " + data.resolve(DataDirectory.TOKEN)
                    + ")\" http://127.0.0.1:8080/api/v1/runs/" + run.queueId());
            return RunReport.exitCode(run);
        }
    }

    /** The second time the workflow is there already: it gets the exchange's new address and is read from its beginning. */
    private static String start(ApiClient api) {
        String path = "/api/v1/workflows/" + WORKFLOW;
        if (!api.exists(path)) {
            JsonNode accepted = api.post("/api/v1/workflows", REQUEST, "application/json");
            return new RunView(accepted.path("run")).queueId();
        }
        api.put(path, REQUEST, "application/json");
        return new RunView(api.post(path + "/start?from=fresh")).queueId();
    }

    private static Map<String, Object> templateDefaults(String exchange, Path database) {
        return Map.of(
                "base_url",
                exchange,
                "target",
                Map.of(
                        "connector",
                        "sqlite",
                        "options",
                        Map.of("url", "jdbc:sqlite:" + database, "table", "${collection_name}", "mode", "upsert")));
    }
}
