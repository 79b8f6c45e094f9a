package io.streamforge.standalone;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code kubectl} in a namespace of its own of the cluster of {@code KUBECONFIG}. */
final class Kubectl implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final String namespace;

    Kubectl(String namespace) throws IOException, InterruptedException {
        this.namespace = namespace;
        require("", "create", "namespace", namespace);
    }

    /** What the command said. */
    record Answer(int code, String text) {}

    Answer run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", namespace));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("not ended within a minute: " + command);
        }
        return new Answer(process.exitValue(), text);
    }

    /** What the command said, which has to succeed. */
    String require(String input, String... arguments) throws IOException, InterruptedException {
        Answer answer = run(input, arguments);
        if (answer.code() != 0) {
            throw new IOException("kubectl " + String.join(" ", arguments) + ": " + answer.text());
        }
        return answer.text();
    }

    JsonNode get(String kind, String name) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(require("", "get", kind, name, "--output", "json"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        require("", "delete", "namespace", namespace, "--wait=false");
    }
}
