package io.streamforge.benchmarks;

import io.streamforge.messages.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * How long small runs take from their POST, on a warm server with workers in its JVM: until the first row is in the target, one after
 * another; and 200 posted at once, several times, because code that runs for the first time is interpreted. Argument: path of the
 * {@code streamforge} command.
 */
public final class RunLatency {

    private static final int WARM_UP = 10;
    private static final int SINGLE = 30;
    private static final int AT_ONCE = 200;
    private static final int BURSTS = 4;
    private static final long POLL_NANOS = 5_000_000;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private URI server = URI.create("http://127.0.0.1");
    private String token = "";

    private RunLatency(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("streamforge-latency");
        Process process = new ProcessBuilder(args[0], "server", "--port", "0", "--data", directory + "/data")
                .redirectErrorStream(true)
                .start();
        try {
            new RunLatency(directory).measure(process);
        } finally {
            process.destroy();
            process.waitFor();
            try (var files = Files.walk(directory)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void measure(Process process) throws IOException, InterruptedException {
        awaitReady(process);
        Files.writeString(directory.resolve("rows.csv"), "id,name\n" + "1,a\n2,b\n3,c\n".repeat(30));
        for (int i = 0; i < WARM_UP; i++) {
            firstRow("warm-" + i);
        }
        List<Double> single = new ArrayList<>();
        for (int i = 0; i < SINGLE; i++) {
            single.add(firstRow("single-" + i));
        }
        out.printf(
                Locale.ROOT,
                "POST to first row in the target, %d runs: median %.2f s, p95 %.2f s%n",
                SINGLE,
                percentile(single, 50),
                percentile(single, 95));
        for (int burst = 1; burst <= BURSTS; burst++) {
            atOnce(burst);
        }
    }

    private void awaitReady(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.startsWith("StreamForge is ready at ")) {
                server = URI.create(line.substring(line.lastIndexOf(' ') + 1));
                token = Files.readString(directory.resolve("data/admin-token")).strip();
                return;
            }
            out.println(line);
        }
        throw new IllegalStateException("the server ended before it was ready");
    }

    /** The first row is in the target when the sink reports it as written, which it does after its commit. */
    private double firstRow(String name) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String queueId = queueId(post(name));
        while (written(queueId) == 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private long written(String queueId) throws IOException, InterruptedException {
        long written = 0;
        for (JsonNode vertex : get("/api/v1/runs/" + queueId).path("vertices")) {
            if (vertex.path("name").asString("").startsWith("sink")) {
                written += vertex.path("records_written").asLong();
            }
        }
        return written;
    }

    private void atOnce(int burst) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<CompletableFuture<Double>> accepted = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            long sent = System.nanoTime();
            accepted.add(http.sendAsync(request("many-" + burst + "-" + i), BodyHandlers.ofString())
                    .thenApply(answer -> answer.statusCode() == 201 ? (System.nanoTime() - sent) / 1e9 : Double.NaN));
        }
        List<Double> times = accepted.stream().map(CompletableFuture::join).toList();
        while (get("/api/v1/runs?state=completed&limit=1").path("total").asLong()
                < WARM_UP + SINGLE + burst * AT_ONCE) {
            LockSupport.parkNanos(20 * POLL_NANOS);
        }
        out.printf(
                Locale.ROOT,
                "%d runs posted at once, time %d: accepted p95 %.3f s, all completed after %.1f s%n",
                AT_ONCE,
                burst,
                percentile(times, 95),
                (System.nanoTime() - begin) / 1e9);
    }

    private HttpRequest request(String name) {
        String workflow = """
                {"name": "%s", "source": {"connector": "file", "options": {"path": "%s/rows.csv"}},
                 "sinks": [{"connector": "file", "options": {"path": "%s/out/%s.csv"}}]}""".formatted(name, directory, directory, name);
        return HttpRequest.newBuilder(server.resolve("/api/v1/workflows"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(workflow))
                .build();
    }

    private JsonNode post(String name) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(name), BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return Json.MAPPER.readTree(answer.body());
    }

    private static String queueId(JsonNode created) {
        return created.path("run").path("queue_id").asString();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .build();
        return Json.MAPPER.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private static double percentile(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
