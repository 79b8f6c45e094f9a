package io.streamforge.benchmarks;

import io.streamforge.messages.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A {@code streamforge server} with its data in a directory of its own, and its API. */
final class ServerProcess implements AutoCloseable {

    private static final String READY = "StreamForge is ready at ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path directory;
    private final URI server;
    private final String token;

    ServerProcess(String command, String... more) throws IOException {
        directory = Files.createTempDirectory("streamforge-benchmark");
        List<String> all = new ArrayList<>(List.of(command, "server", "--port", "0", "--data", directory + "/data"));
        all.addAll(List.of(more));
        process = new ProcessBuilder(all).redirectErrorStream(true).start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the server ended before it was ready");
        }
        server = URI.create(line.substring(READY.length()).strip());
        token = Files.readString(directory.resolve("data/admin-token")).strip();
    }

    Path directory() {
        return directory;
    }

    /** Starts a workflow and returns the id of its run. */
    String post(String workflow) throws IOException, InterruptedException {
        return send("POST", "/api/v1/workflows", workflow)
                .path("run")
                .path("queue_id")
                .asString();
    }

    JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/yaml")
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return Json.MAPPER.readTree(answer.body());
    }

    /** The number that the vertices whose name begins so have reported together. */
    long reported(String queueId, String vertex, String number) throws IOException, InterruptedException {
        long sum = 0;
        for (JsonNode found : send("GET", "/api/v1/runs/" + queueId, "").path("vertices")) {
            if (found.path("name").asString("").startsWith(vertex)) {
                sum += found.path(number).asLong();
            }
        }
        return sum;
    }

    String state(String queueId) throws IOException, InterruptedException {
        return send("GET", "/api/v1/runs/" + queueId, "").path("state").asString("");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
