package io.streamforge.standalone;

import io.streamforge.standalone.ChainProcesses.Victim;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of processes killed one right after the other; {@code -Pchaos} runs it. */
@Tag("chaos")
class ChaosIT {

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

    static Stream<Arguments> pairs() {
        return Arrays.stream(Victim.values())
                .flatMap(first -> Arrays.stream(Victim.values()).map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldLoseAndRepeatNothingWhenTwoAreKilled(Victim first, Victim second) throws Exception {
        // Workers' names are cut when they are long, and are looked for by the whole.
        String name = "pair-" + first.ordinal() + second.ordinal();
        FaultChain chain = FaultChain.ofStage(processes, file, name);
        chain.awaitMiddle();
        chain.strike(first, second);
        chain.requireExactSums();
    }
}
