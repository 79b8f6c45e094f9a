package io.streamforge.benchmarks;

import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.util.List;

/**
 * The two systems' own programs in a pipe: what reads the source as fast as it can into {@code psql -c "COPY … FROM STDIN"}, into a
 * table without a key.
 */
record Pipe(SourceTable source, PostgresDatabase target) {

    /** Fills the target's table {@code copied}, made anew. */
    double seconds() throws IOException, InterruptedException {
        target.execute(
                "DROP TABLE IF EXISTS copied", "CREATE TABLE copied " + source.targetColumns("NOT NULL"), "CHECKPOINT");
        long begin = System.nanoTime();
        List<Process> processes = ProcessBuilder.startPipeline(List.of(
                program(source.reader()),
                program(SourceTable.psql(target, "COPY copied FROM STDIN " + source.copyOptions()))));
        for (Process process : processes) {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("a program of the pipe ended with " + process.exitValue());
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static ProcessBuilder program(List<String> command) {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
