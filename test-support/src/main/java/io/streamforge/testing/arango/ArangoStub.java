package io.streamforge.testing.arango;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The stub's server, on a free port of the loopback address; HTTP/1.1 and JSON. */
public final class ArangoStub implements AutoCloseable {

    /** The one user. */
    public static final String USERNAME = "root";

    private static final String PASSWORD = "stub-password";
    private static final String DATABASE_PREFIX = "_db";
    private static final int NOT_MODIFIED = 304;

    static {
        // Without it the JDK's server waits for the client's delayed acknowledgement: 40 ms per request.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Router router;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();

    private ArangoStub(HttpServer server, String version) {
        this.server = server;
        router = new Router(version, new Authentication(USERNAME, PASSWORD));
        server.createContext("/", this::serve);
        server.setExecutor(threads);
    }

    /** A server of the newest version the stub knows. */
    public static ArangoStub start() {
        return start("3.12.4");
    }

    /** @param version {@code 3.11.x} does not know {@code versionAttribute} */
    public static ArangoStub start(String version) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ArangoStub stub = new ArangoStub(server, version);
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the ArangoDB stub", e);
        }
    }

    public String host() {
        return server.getAddress().getHostString();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://" + host() + ":" + port();
    }

    public String password() {
        return PASSWORD;
    }

    /** Befalls the next request that no other fault befalls. */
    public void fail(Fault fault) {
        faults.add(fault);
    }

    /** Takes back the faults that have befallen no request yet. */
    public void recover() {
        faults.clear();
    }

    /** Method and path with query of the requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Fault fault = faults.poll();
            if (fault instanceof Fault.ConnectionLost) {
                return;
            }
            if (fault instanceof Fault.Slow slow) {
                pause(slow.delay());
            }
            Request request = request(exchange);
            Reply reply = fault instanceof Fault.Unavailable
                    ? Reply.failed(new ArangoFailure(ErrorCode.UNAVAILABLE))
                    : router.handle(request);
            if (!(fault instanceof Fault.AnswerLost)) {
                send(exchange, reply);
            }
        }
    }

    private static void pause(Duration delay) {
        long end = System.nanoTime() + delay.toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        List<String> path = Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(ArangoStub::decoded)
                .toList();
        boolean named = path.size() > 1 && path.get(0).equals(DATABASE_PREFIX);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(lower(name), String.join(",", values)));
        return new Request(
                exchange.getRequestMethod(),
                named ? path.get(1) : "_system",
                named ? path.subList(2, path.size()) : path,
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        headers.set("Content-Type", "application/json; charset=utf-8");
        boolean empty = exchange.getRequestMethod().equals("HEAD") || reply.status() == NOT_MODIFIED;
        byte[] body = empty ? new byte[0] : Request.MAPPER.writeValueAsBytes(reply.body());
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                parameters.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
