package io.streamforge.standalone;

import io.streamforge.standalone.ChainProcesses.Victim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each pair of databases under each fault; {@code -Pchaos} runs it, {@code -Dhistory=postgres-to-mariadb} those of this name. */
@Tag("chaos")
class HistoryChaosIT {

    private static final Duration CUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    enum Pair {
        MARIADB_TO_POSTGRES(HistoryServer::mariaDb, HistoryServer::postgres),
        POSTGRES_TO_POSTGRES(HistoryServer::postgres, HistoryServer::postgres),
        POSTGRES_TO_MARIADB(HistoryServer::postgres, HistoryServer::mariaDb);

        private final Supplier<HistoryServer> source;
        private final Supplier<HistoryServer> target;

        Pair(Supplier<HistoryServer> source, Supplier<HistoryServer> target) {
            this.source = source;
            this.target = target;
        }
    }

    enum Fault {
        NOTHING,
        LOADER,
        SINK,
        QUEUE_MANAGER,
        BROKER,
        SOURCE,
        TARGET,
        NETWORK
    }

    static Stream<Arguments> combinations() {
        String wanted = System.getProperty("history", "");
        return Arrays.stream(Pair.values()).flatMap(pair -> Arrays.stream(Fault.values())
                .filter(fault -> name(pair, fault).contains(wanted))
                .map(fault -> Arguments.of(pair, fault)));
    }

    private static String name(Pair pair, Fault fault) {
        return (pair + "-" + fault).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void shouldReplicateThrough(Pair pair, Fault fault) throws Exception {
        try (HistoryServer source = pair.source.get();
                HistoryServer target = pair.target.get();
                HistoryChain chain = new HistoryChain(directory.resolve("history"), source, target)) {
            chain.awaitProgress();
            switch (fault) {
                case NOTHING -> chain.awaitProgress();
                case SOURCE -> chain.strike(source::crash);
                case TARGET -> chain.strike(target::crash);
                case NETWORK -> chain.cut(CUT);
                default -> chain.strike(Victim.valueOf(fault.name()));
            }
            chain.requireEqual();
        }
    }
}
