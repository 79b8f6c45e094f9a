package io.streamforge.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Rows that appear when a test says so: an API whose pages wait for rows that are not there yet. Its cursor is the number of rows before the page and that of the
 * call, for a cursor that stays is taken for a circle.
 */
final class Feed implements AutoCloseable {

    private static final int PAGE = 2000;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private long released;
    private long total = Long.MAX_VALUE;
    private long calls;

    Feed() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(Outside.address()), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/rows", this::answer);
        server.setExecutor(executor);
        server.start();
    }

    /** So many more rows are there. */
    synchronized void release(long rows) {
        released += rows;
        notifyAll();
    }

    /** Nothing comes after the rows that are there. */
    synchronized void end() {
        total = released;
        notifyAll();
    }

    synchronized long released() {
        return released;
    }

    /** The source of a workflow. */
    String source() {
        return """
                source:
                  connector: rest
                  options:
                    url: http://%s:%d/rows
                    rows: /rows
                    columns: %s
                    key: [id]
                    paging: cursor
                    page_size: %d
                """.formatted(Outside.address(), server.getAddress().getPort(), Row.COLUMNS, PAGE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = page(before(exchange.getRequestURI().getQuery())).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long before(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("cursor=")) {
                return Long.parseLong(parameter.substring("cursor=".length()).replaceFirst("-.*", ""));
            }
        }
        return 0;
    }

    private synchronized String page(long before) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE;
        long left = PATIENCE;
        while (released <= before && total > before && left > 0) {
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            left = until - System.nanoTime();
        }
        long last = Math.min(released, before + PAGE);
        StringBuilder page = new StringBuilder("{\"rows\":[");
        for (long row = before + 1; row <= last; row++) {
            page.append(row == before + 1 ? "" : ",").append(Row.json(row));
        }
        page.append("]");
        if (last < total) {
            page.append(",\"next_cursor\":\"")
                    .append(last)
                    .append('-')
                    .append(calls++)
                    .append('"');
        }
        return page.append('}').toString();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
