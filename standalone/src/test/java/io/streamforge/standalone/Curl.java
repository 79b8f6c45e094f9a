package io.streamforge.standalone;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Plain HTTP calls, as curl would make them: nothing is interpreted, refusals are answers like others. */
final class Curl {

    static final String YAML = "application/yaml";
    static final String JSON = "application/json";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String token;

    Curl(TestServer server) {
        this(server.api().server(), server.token());
    }

    private Curl(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** The same server without a token. */
    Curl anonymous() {
        return new Curl(server, "");
    }

    /** An answer, whatever its status. */
    record Answer(int status, HttpHeaders headers, String body) {

        JsonNode json() {
            return Json.MAPPER.readTree(body);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** Whether it is a problem document that repeats its own status. */
        boolean problem() {
            return header("Content-Type").startsWith("application/problem+json")
                    && json().path("status").asInt() == status
                    && !json().path("title").asString("").isEmpty();
        }
    }

    Answer get(String path, String... headers) {
        return call("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody());
    }

    Answer put(String path, String type, String body) {
        return call("PUT", path, BodyPublishers.ofString(body), "Content-Type", type);
    }

    Answer post(String path) {
        return call("POST", path, BodyPublishers.noBody());
    }

    Answer post(String path, String type, String body) {
        return call("POST", path, BodyPublishers.ofString(body), "Content-Type", type);
    }

    Answer call(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(TIMEOUT)
                .method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
