package io.streamforge.benchmarks;

import io.streamforge.messages.Json;
import io.streamforge.testing.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One {@code streamforge run}, as a user runs it.
 *
 * @param dataSeconds from the first read to the last commit
 * @param wallSeconds of the whole command
 * @param peakMegabytes greatest resident sizes, see {@link PeakMemory}
 */
record MeasuredRun(double dataSeconds, double wallSeconds, Map<String, Long> peakMegabytes) {

    /**
     * Runs a workflow whose table {@code chain} has to hold so many rows afterwards.
     *
     * @param secrets that the workflow names
     */
    static MeasuredRun of(
            Path command,
            Path workflow,
            List<String> options,
            Map<String, String> secrets,
            PostgresDatabase target,
            int rows)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command.toString(), "run", workflow.toString(), "--json"));
        arguments.addAll(options);
        Path output = Files.createTempFile("streamforge-run", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(output.toFile());
            secrets.forEach((name, value) ->
                    builder.environment().put("STREAMFORGE_SECRET_" + name.toUpperCase(Locale.ROOT), value));
            long begin = System.nanoTime();
            Process process = builder.start();
            PeakMemory memory = new PeakMemory(process);
            memory.await();
            double wall = (System.nanoTime() - begin) / 1e9;
            List<String> lines = Files.readAllLines(output);
            long written = target.number("SELECT count(*) FROM chain");
            if (process.exitValue() != 0 || written != rows) {
                throw new IllegalStateException("the run failed with " + process.exitValue() + ", " + written
                        + " rows written:\n" + String.join("\n", lines));
            }
            JsonNode report = Json.MAPPER.readTree(lines.get(lines.size() - 1));
            return new MeasuredRun(report.path("data_seconds").asDouble(), wall, memory.megabytes());
        } finally {
            Files.delete(output);
        }
    }
}
