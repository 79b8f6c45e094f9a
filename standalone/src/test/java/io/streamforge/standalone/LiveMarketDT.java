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

/** {@code examples/live-market}, run as its README says. */
class LiveMarketDT {

    private static final Path WORKFLOW = Path.of("..", "examples", "live-market", "workflow.yaml")
            .toAbsolutePath()
            .normalize();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void liveMarket() throws Exception {
        try (SimulatedExchange exchange = SimulatedExchange.start(0)) {
            MarketTables tables = new MarketTables(directory.resolve("market.db"));
            try (JavaProcess process = start(exchange)) {
                await(process, () -> tables.trades() > 200);
                exchange.streamFaults().add(StreamFault.of(Kind.DROP, 20));
                exchange.streamFaults().add(StreamFault.of(Kind.CLOSE, 1));
                long then = tables.trades();
                await(process, () -> tables.trades() > then + 200);
            }
            long stopped = tables.trades();
            try (JavaProcess again = start(exchange)) {
                await(again, () -> tables.trades() > stopped + 200);
            }

            assertThat(tables.symbols()).isEqualTo(50);
            assertThat(tables.missingTrades()).isZero();
        }
    }

    private JavaProcess start(SimulatedExchange exchange) throws Exception {
        return JavaProcess.streamforge(
                Map.of(),
                directory,
                "run",
                WORKFLOW.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--set",
                "base_url=" + exchange.url(),
                "--set",
                "stream_url=" + exchange.streamUrl(),
                "--set",
                "database=" + directory.resolve("market.db"));
    }

    private static void await(JavaProcess process, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(process.output()).atMost(LIMIT).until(condition);
    }
}
