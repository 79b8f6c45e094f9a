package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.standalone.ChainProcesses.Victim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of a running chain is killed the hard way; the target holds exactly the source's rows. */
class FaultsIT {

    @TempDir
    static Path directory;

    private static Path file;
    private static ChainProcesses processes;

    @BeforeAll
    static void start() throws IOException {
        file = FaultChain.writeFile(directory);
        processes = new ChainProcesses(directory.resolve("chain"), true);
    }

    @AfterAll
    static void stop() throws Exception {
        processes.close();
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheLoaderIsKilled() throws Exception {
        FaultChain chain = new FaultChain(processes, file, "loader");
        chain.awaitMiddle();
        chain.strike(Victim.LOADER);
        chain.awaitNextRow();
        chain.requireExactRows();
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheLoaderOfATableIsKilled() throws Exception {
        FaultChain chain = FaultChain.ofTable(processes, "table");
        chain.awaitMiddle();
        chain.strike(Victim.LOADER);
        chain.awaitNextRow();
        chain.requireExactRows();
    }

    @Test
    void shouldLoseRepeatAndMistakeNothingWhenAStageIsKilled() throws Exception {
        FaultChain chain = FaultChain.ofStage(processes, file, "stage");
        chain.awaitMiddle();
        chain.strike(Victim.STAGE);
        chain.awaitNextRow();
        chain.requireExactSums();
        assertThat(chain.attempts()).containsExactly(1, 2, 1);
    }

    @Test
    void shouldLoseAndRepeatNothingWhenTheSinkIsKilled() throws Exception {
        FaultChain chain = new FaultChain(processes, file, "sink");
        chain.awaitMiddle();
        chain.strike(Victim.SINK);
        chain.awaitNextRow();
        chain.requireExactRows();
    }

    @Test
    void shouldAdoptItsWorkersWhenQueueManagerIsKilled() throws Exception {
        FaultChain chain = new FaultChain(processes, file, "manager");
        chain.awaitMiddle();
        List<ProcessHandle> before = TestServer.workers(chain.queueId());
        chain.server().process().kill();
        chain.awaitNextRow();
        chain.startServer();
        chain.requireExactRows();
        assertThat(before).as("workers that ran when queue-manager was killed").isNotEmpty();
        assertThat(chain.run().json().path("vertices"))
                .as("vertices, none of them started twice")
                .allSatisfy(vertex -> assertThat(vertex.path("attempt").asInt()).isEqualTo(1));
    }

    @Test
    void shouldGoOnWhenTheBrokerIsKilledAndComesBack() throws Exception {
        FaultChain chain = new FaultChain(processes, file, "broker");
        chain.awaitMiddle();
        chain.strike(Victim.BROKER);
        chain.awaitNextRow();
        chain.requireExactRows();
    }
}
