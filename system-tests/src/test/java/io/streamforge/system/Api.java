package io.streamforge.system;

import static org.awaitility.Awaitility.await;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** queue-manager's API as somebody outside the cluster uses it; a call that meets nobody is made again. */
final class Api {

    static final Set<String> ENDED = Set.of("completed", "failed", "stopped");
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final Supplier<URI> base;
    private final String token;

    Api(Supplier<URI> base, String token) {
        this.base = base;
        this.token = token;
    }

    /** @param body as text */
    record Answer(int status, String body) {

        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }
    }

    Answer get(String path) {
        return again(path, "GET", "");
    }

    Answer post(String path, String body) {
        return again(path, "POST", body);
    }

    /** Posts a workflow; the id of its run. */
    String start(String workflow) {
        Answer answer = post("/api/v1/workflows", workflow);
        if (answer.status() != 201) {
            throw new AssertionError("refused: " + answer.body());
        }
        return answer.json().path("queue_id").asString();
    }

    JsonNode run(String queueId) {
        return get("/api/v1/runs/" + queueId).json();
    }

    String state(String queueId) {
        return run(queueId).path("state").asString();
    }

    /** The run once it has completed; fails with what it says when it ends otherwise. */
    JsonNode completed(String queueId, Duration limit) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        await().atMost(limit).pollInterval(Duration.ofMillis(250)).until(() -> {
            last.set(run(queueId));
            return ENDED.contains(last.get().path("state").asString());
        });
        if (!last.get().path("state").asString().equals("completed")) {
            throw new AssertionError("run did not complete: " + last.get());
        }
        return last.get();
    }

    private Answer again(String path, String method, String body) {
        AtomicReference<Answer> answer = new AtomicReference<>();
        await("answer to " + path)
                .atMost(ANSWER)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    answer.set(once(path, method, body));
                    return true;
                });
        return answer.get();
    }

    Answer once(String path, String method, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(base.get().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
