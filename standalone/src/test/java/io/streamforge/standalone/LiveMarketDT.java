package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.stream.StreamFault;
import io.streamforge.dummy.stream.StreamFault.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflows of {@code examples/live-market}, run as their README says. */
class LiveMarketDT {

    private static final Path EXAMPLE =
            Path.of("..", "examples", "live-market").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void liveMarket() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(0)) {
            Path market = directory.resolve("market.db");
            MarketTables tables = new MarketTables(market);
            try (JavaProcess process = start("workflow.yaml", market, exchange)) {
                await(process, () -> tables.trades() > 200);
                exchange.streamFaults().add(StreamFault.of(Kind.DROP, 20));
                exchange.streamFaults().add(StreamFault.of(Kind.CLOSE, 1));
                long then = tables.trades();
                await(process, () -> tables.trades() > then + 200);
            }
            long stopped = tables.trades();
            try (JavaProcess again = start("workflow.yaml", market, exchange)) {
                await(again, () -> tables.trades() > stopped + 200);
            }

            assertThat(tables.symbols()).isEqualTo(50);
            assertThat(tables.missingTrades()).isZero();
        }
    }

    @Test
    void graph() throws Exception {
        Path graph = directory.resolve("market-graph.db");
        MarketTables tables = new MarketTables(graph);
        try (SimulatedExchange exchange = SimulatedExchange.start(0);
                JavaProcess process = start("graph.yaml", graph, exchange)) {
            await(process, () -> tables.number("SELECT count(*) FROM market_edges WHERE label = 'correlates'") > 0);
        }

        assertThat(tables.number("SELECT count(*) FROM market_edges WHERE label = 'quotes'"))
                .isEqualTo(50);
    }

    private JavaProcess start(String name, Path database, SimulatedExchange exchange) throws Exception {
        return JavaProcess.streamforge(
                Map.of(),
                directory,
                "run",
                EXAMPLE.resolve(name).toString(),
                "--data",
                directory.resolve("data").toString(),
                "--set",
                "base_url=" + exchange.url(),
                "--set",
                "stream_url=" + exchange.streamUrl(),
                "--set",
                "database=" + database);
    }

    private static void await(JavaProcess process, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(process.output()).atMost(LIMIT).until(condition);
    }
}
