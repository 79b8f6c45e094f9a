package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.standalone.ChainProcesses.Victim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of a running chain is killed the hard way; the target holds exactly the source's rows. */
class FaultsIT {

    @TempDir
    static Path directory;

    private static Path file;

    @BeforeAll
    static void writeFile() throws IOException {
        file = FaultChain.writeFile(directory);
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheLoaderIsKilled() throws Exception {
        try (FaultChain chain = new FaultChain(directory, file, "loader")) {
            chain.awaitMiddle();
            chain.strike(Victim.LOADER);
            chain.awaitNextRow();
            chain.requireExactRows();
        }
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheLoaderOfATableIsKilled() throws Exception {
        try (FaultChain chain = FaultChain.ofTable(directory, "table")) {
            chain.awaitMiddle();
            chain.strike(Victim.LOADER);
            chain.awaitNextRow();
            chain.requireExactRows();
        }
    }

    @Test
    void shouldLoseRepeatAndMistakeNothingWhenAStageIsKilled() throws Exception {
        try (FaultChain chain = FaultChain.ofStage(directory, file, "stage")) {
            chain.awaitMiddle();
            chain.strike(Victim.STAGE);
            chain.awaitNextRow();
            chain.requireExactSums();
            assertThat(chain.attempts()).containsExactly(1, 2, 1);
        }
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheSinkIsKilled() throws Exception {
        try (FaultChain chain = new FaultChain(directory, file, "sink")) {
            chain.awaitMiddle();
            chain.strike(Victim.SINK);
            chain.awaitNextRow();
            chain.requireExactRows();
        }
    }

    @Test
    void shouldAdoptItsWorkersWhenQueueManagerIsKilled() throws Exception {
        try (FaultChain chain = new FaultChain(directory, file, "manager")) {
            chain.awaitMiddle();
            List<ProcessHandle> before = TestServer.workers(chain.queueId());
            chain.server().process().kill();
            chain.awaitNextRow();
            chain.startServer();
            chain.requireExactRows();
            assertThat(before)
                    .as("workers that ran when queue-manager was killed")
                    .isNotEmpty();
            assertThat(chain.run().json().path("vertices"))
                    .as("vertices, none of them started twice")
                    .allSatisfy(
                            vertex -> assertThat(vertex.path("attempt").asInt()).isEqualTo(1));
        }
    }

    @Test
    void shouldGoOnWhenTheBrokerIsKilledAndComesBack() throws Exception {
        try (FaultChain chain = new FaultChain(directory, file, "broker")) {
            chain.awaitMiddle();
            chain.strike(Victim.BROKER);
            chain.awaitNextRow();
            chain.requireExactRows();
        }
    }
}
