package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.standalone.ChainProcesses.Victim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database replicated while everything around it fails, one thing after the other; {@code HistoryChaosIT} has each alone. */
class HistoryIT {

    private static final Duration CUT = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    @Test
    void shouldReplicateThroughEveryFault() throws Exception {
        try (HistoryServer source = HistoryServer.mariaDb();
                HistoryServer target = HistoryServer.postgres();
                HistoryChain chain = new HistoryChain(directory.resolve("mariadb-postgres"), source, target)) {
            chain.awaitProgress();
            for (Victim victim : EnumSet.complementOf(EnumSet.of(Victim.STAGE))) {
                chain.strike(victim);
            }
            chain.strike(source::crash);
            chain.strike(target::crash);
            chain.cut(CUT);
            chain.requireEqual();
        }
    }

    @Test
    void shouldReplicatePostgresAndLeaveNothingThereWhenItIsDeleted() throws Exception {
        try (HistoryServer source = HistoryServer.postgres();
                HistoryServer target = HistoryServer.postgres();
                HistoryChain chain = new HistoryChain(directory.resolve("postgres-postgres"), source, target)) {
            chain.awaitProgress();
            chain.strike(Victim.LOADER);
            chain.requireEqual();
            assertThat(traces(chain)).isEqualTo(2);

            chain.delete();

            Awaitility.await().untilAsserted(() -> assertThat(traces(chain)).isZero());
        }
    }

    /** Slots and publications together. */
    private static long traces(HistoryChain chain) {
        return chain.source().number("SELECT count(*) FROM pg_replication_slots")
                + chain.source().number("SELECT count(*) FROM pg_publication");
    }
}
