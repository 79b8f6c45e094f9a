package io.streamforge.loader.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that answers what a test tells it, by path and query, and remembers what it was asked. */
final class FakeApi implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    record Answer(int status, Map<String, String> headers, byte[] body) {}

    record Asked(String uri, Headers headers) {}

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeApi answer(String uri, String json) {
        return answer(uri, 200, Map.of(), json);
    }

    FakeApi answer(String uri, int status, Map<String, String> headers, String body) {
        answers.put(uri, new Answer(status, headers, body.getBytes(UTF_8)));
        return this;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    List<String> uris() {
        return asked().stream().map(Asked::uri).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        asked.add(new Asked(uri, exchange.getRequestHeaders()));
        Answer answer = answers.getOrDefault(uri, new Answer(404, Map.of(), "no such page".getBytes(UTF_8)));
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean empty = answer.status() == 204 || answer.body().length == 0;
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
