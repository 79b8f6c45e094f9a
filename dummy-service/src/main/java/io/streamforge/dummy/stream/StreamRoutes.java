package io.streamforge.dummy.stream;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.streamforge.dummy.market.Markets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.server.WebsocketServerSpec;

/** {@code /ws}, {@code /ws/<stream>/<stream>} and {@code /stream?streams=<stream>/<stream>}. */
public final class StreamRoutes implements Function<HttpServerRoutes, HttpServerRoutes> {

    /** Pings are answered by the session, because one that fails must not. */
    private static final WebsocketServerSpec SPEC =
            WebsocketServerSpec.builder().handlePing(true).build();

    private static final String RAW = "/ws";
    private static final String COMBINED = "/stream";

    private final Set<StreamSession> sessions = ConcurrentHashMap.newKeySet();
    private final StreamFaults faults = new StreamFaults(this::cut);
    private final EventStreams streams;
    private final StreamSettings settings;
    private final Clock clock;

    public StreamRoutes(Markets markets, StreamSettings settings, Clock clock) {
        streams = new EventStreams(markets);
        this.settings = settings;
        this.clock = clock;
    }

    public StreamFaults faults() {
        return faults;
    }

    /** Number of connections. */
    public int sessions() {
        return sessions.size();
    }

    /** Ends all connections without a farewell. */
    public void cut() {
        sessions.forEach(StreamSession::cut);
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(StreamRoutes::concerned, this::open);
    }

    private static boolean concerned(HttpServerRequest request) {
        String path = new QueryStringDecoder(request.uri()).path();
        return path.equals(RAW) || path.startsWith(RAW + "/") || path.equals(COMBINED);
    }

    private Publisher<Void> open(HttpServerRequest request, HttpServerResponse response) {
        if (faults.outage()) {
            return response.status(503).send();
        }
        if (faults.refused()) {
            return response.status(429).header("Retry-After", "1").send();
        }
        QueryStringDecoder address = new QueryStringDecoder(request.uri());
        boolean combined = address.path().equals(COMBINED);
        List<String> first = combined
                ? names(address.parameters()
                        .getOrDefault("streams", List.of(""))
                        .get(0))
                : names(address.path().substring(RAW.length()));
        return response.sendWebsocket(
                (in, out) -> {
                    StreamSession[] session = new StreamSession[1];
                    in.withConnection(connection -> session[0] = session(connection.channel(), combined));
                    session[0].start(first);
                    return in.receiveFrames().doOnNext(session[0]::receive).then();
                },
                SPEC);
    }

    private StreamSession session(Channel channel, boolean combined) {
        Subscriptions subscriptions = new Subscriptions(streams, settings.streams());
        StreamSession session = new StreamSession(channel, subscriptions, settings, faults, clock, combined);
        sessions.add(session);
        channel.closeFuture().addListener(closed -> sessions.remove(session));
        return session;
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
    }
}
