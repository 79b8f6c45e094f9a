package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.stream.StreamFault;
import io.streamforge.dummy.stream.StreamFault.Kind;
import io.streamforge.standalone.ChainProcesses.Victim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ten minutes of both workflows of {@code examples/live-market} in processes of their own, each of which is killed once, with a broker
 * restart and an outage of the exchange of a tenth of the time; {@code -Pchaos} runs it, {@code -Dlive.minutes} shortens it.
 */
@Tag("chaos")
class LiveMarketChaosIT {

    private static final Logger log = LoggerFactory.getLogger(LiveMarketChaosIT.class);
    private static final Path EXAMPLE = Path.of("..", "examples", "live-market");
    private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("live.minutes", 10));
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long LATENCY = 250;
    private static final int SYMBOLS = 50;

    @TempDir
    Path directory;

    @Test
    void shouldHoldEveryTradeOnceAndSoonThroughEveryFault() throws Exception {
        Path file = directory.resolve("market.db");
        MarketTables tables = new MarketTables(file);
        Path graphFile = directory.resolve("market-graph.db");
        try (SimulatedExchange exchange = SimulatedExchange.start(0);
                ChainProcesses processes = new ChainProcesses(directory.resolve("live"));
                StoreLatency latency = new StoreLatency(file, SYMBOLS)) {
            // given
            String queueId = processes.post(workflow("workflow.yaml", exchange, "market.db", file));
            String graphId = processes.post(workflow("graph.yaml", exchange, "market-graph.db", graphFile));
            latency.disturb();
            pass(LENGTH.dividedBy(10));
            awaitCalm(latency);

            // when
            for (Victim victim : Victim.values()) {
                latency.disturb();
                processes.strike(victim);
                pass(LENGTH.dividedBy(10));
                awaitCalm(latency);
            }
            latency.disturb();
            exchange.streamFaults().add(StreamFault.lasting(Kind.OUTAGE, LENGTH.dividedBy(10)));
            pass(LENGTH.dividedBy(10));
            awaitCalm(latency);
            pass(LENGTH.multipliedBy(3).dividedBy(10));

            // then
            String report = latency.report() + "; " + tables.trades() + " trades, "
                    + tables.number("SELECT count(*) FROM candles") + " candles";
            log.atInfo().addKeyValue("report", report).log("live market");
            Files.writeString(Path.of("target", "live-market.txt"), report);
            assertThat(tables.symbols()).isEqualTo(SYMBOLS);
            assertThat(tables.missingTrades()).isZero();
            assertThat(tables.missingCandles()).isZero();
            MarketGraph.requireExact(graphFile);
            assertThat(processes.server().run(queueId).state()).isEqualTo("running");
            assertThat(processes.server().run(graphId).state()).isEqualTo("running");
            assertThat(latency.percentile(0.99)).as(report).isLessThanOrEqualTo(LATENCY);
        }
    }

    private static String workflow(String name, SimulatedExchange exchange, String database, Path file)
            throws Exception {
        return Files.readString(EXAMPLE.resolve(name))
                .replace("http://localhost:8190", exchange.url())
                .replace("ws://localhost:8190", exchange.streamUrl())
                .replace("default: " + database, "default: \"" + file + "\"");
    }

    private static void awaitCalm(StoreLatency latency) {
        Awaitility.await().atMost(LIMIT).until(() -> !latency.disturbed());
    }

    private static void pass(Duration time) {
        Awaitility.await().atMost(time.multipliedBy(2)).pollDelay(time).until(() -> true);
    }
}
