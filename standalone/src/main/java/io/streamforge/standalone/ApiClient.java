package io.streamforge.standalone;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Speaks queue-manager's REST API; an answer that is a problem becomes a {@link CommandException} with its words. */
final class ApiClient {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI server;
    private final String token;

    ApiClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    URI server() {
        return server;
    }

    JsonNode get(String path) {
        return send("GET", path, BodyPublishers.noBody(), "application/json");
    }

    /**
     * Waits until a server says that it is ready.
     *
     * @throws CommandException when it does not within the limit
     */
    static void awaitReady(URI server, Duration limit) {
        ApiClient anyone = new ApiClient(server, "");
        Instant end = Instant.now().plus(limit);
        while (!anyone.exists("/actuator/health/readiness")) {
            if (Instant.now().isAfter(end)) {
                throw new CommandException(Exit.INTERNAL, "the server is not ready after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Whether there is something at the path. */
    boolean exists(String path) {
        HttpResponse<Void> response =
                exchange(request(path).timeout(TIMEOUT).GET().build(), BodyHandlers.discarding());
        return response.statusCode() < 400;
    }

    JsonNode put(String path, String body, String contentType) {
        return send("PUT", path, BodyPublishers.ofString(body), contentType);
    }

    JsonNode post(String path) {
        return send("POST", path, BodyPublishers.noBody(), "application/json");
    }

    JsonNode post(String path, String body, String contentType) {
        return send("POST", path, BodyPublishers.ofString(body), contentType);
    }

    /** The answer's bytes as they arrive; the caller closes the stream. */
    InputStream stream(String path) {
        HttpResponse<InputStream> response =
                exchange(request(path).header("Accept", "text/plain").GET().build(), BodyHandlers.ofInputStream());
        if (response.statusCode() >= 400) {
            try (InputStream body = response.body()) {
                throw failure(response.statusCode(), parse(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return response.body();
    }

    static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(String method, String path, BodyPublisher body, String contentType) {
        HttpRequest request = request(path)
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .header("Content-Type", contentType)
                .method(method, body)
                .build();
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        JsonNode answer = parse(response.body());
        if (response.statusCode() >= 400) {
            throw failure(response.statusCode(), answer);
        }
        return answer;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(Exit.INTERNAL, "interrupted", e);
        }
    }

    private CommandException unreachable(IOException cause) {
        return new CommandException(
                Exit.INTERNAL,
                "no answer from " + server + " (" + cause.getClass().getSimpleName()
                        + "); start a server with 'streamforge server' or name one with --server",
                cause);
    }

    private static JsonNode parse(String body) {
        try {
            return body.isBlank() ? JsonNodeFactory.instance.missingNode() : Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }

    private static CommandException failure(int status, JsonNode problem) {
        StringBuilder message = new StringBuilder();
        message.append(
                problem.path("detail").asString(problem.path("title").asString("the server answered " + status)));
        for (JsonNode item : problem.path("problems")) {
            message.append(System.lineSeparator()).append("  ").append(line(item));
        }
        return new CommandException(status < 500 ? Exit.BAD_INPUT : Exit.INTERNAL, message.toString());
    }

    private static String line(JsonNode item) {
        StringBuilder line = new StringBuilder();
        if (item.path("line").asInt(0) > 0) {
            line.append(item.path("line").asInt())
                    .append(':')
                    .append(item.path("column").asInt())
                    .append("  ");
        }
        line.append(item.path("path").asString(""))
                .append("  ")
                .append(item.path("message").asString(""));
        String suggestion = item.path("suggestion").asString("");
        return suggestion.isEmpty()
                ? line.toString()
                : line.append("; ").append(suggestion).toString();
    }
}
