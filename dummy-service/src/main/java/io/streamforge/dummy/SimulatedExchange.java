package io.streamforge.dummy;

import io.streamforge.dummy.exchange.ExchangeRoutes;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.exchange.Faults;
import io.streamforge.dummy.exchange.Recorded;
import io.streamforge.dummy.stream.StreamFaults;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The simulated exchange inside this JVM, on the loopback interface: a web server without Spring, up in a fraction of a second. */
public final class SimulatedExchange implements AutoCloseable {

    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ExchangeRoutes routes;
    private final LoopResources loops;
    private final DisposableServer server;

    private SimulatedExchange(ExchangeRoutes routes, int port) {
        this.routes = routes;
        loops = LoopResources.create("simulated-exchange", 1, true);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .runOn(loops)
                .route(routes::apply)
                .bindNow();
    }

    /**
     * Starts on a port, 0 for any free one.
     *
     * @throws reactor.netty.ChannelBindException when the port is taken
     */
    public static SimulatedExchange start(int port) {
        return start(port, ExchangeSettings.DEFAULT);
    }

    public static SimulatedExchange start(int port, ExchangeSettings settings) {
        return start(port, settings, Clock.systemUTC());
    }

    /** @param clock says what is history already: later candles and trades do not exist */
    public static SimulatedExchange start(int port, ExchangeSettings settings, Clock clock) {
        return new SimulatedExchange(new ExchangeRoutes(settings, clock), port);
    }

    /** {@code http://127.0.0.1:<port>}. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** What goes wrong with the replies to come. */
    public Faults faults() {
        return routes.faults();
    }

    /** What goes wrong with streams from now on. */
    public StreamFaults streamFaults() {
        return routes.streams().faults();
    }

    /** Number of clients that follow streams. */
    public int sessions() {
        return routes.streams().sessions();
    }

    /** {@code ws://127.0.0.1:<port>}. */
    public String streamUrl() {
        return "ws://127.0.0.1:" + server.port();
    }

    /** The latest calls, oldest first. */
    public List<Recorded> requests() {
        return routes.records().all();
    }

    @Override
    public void close() {
        routes.streams().cut();
        server.disposeNow(CLOSE_TIMEOUT);
        loops.disposeLater(QUIET, CLOSE_TIMEOUT).block(CLOSE_TIMEOUT);
    }
}
