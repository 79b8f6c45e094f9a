package io.streamforge.queue.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets nobody in without the token, except to health, and to metrics where only this machine can ask. */
final class TokenFilter implements WebFilter {

    private static final String SCHEME = "Bearer ";
    private static final String HEALTH = "/actuator/health";
    private static final String METRICS = "/actuator/prometheus";
    private static final long MAX_BODY = 1L << 20;

    private final AdminToken token;
    private final boolean openMetrics;

    TokenFilter(AdminToken token, boolean openMetrics) {
        this.token = token;
        this.openMetrics = openMetrics;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        boolean open = path.equals(HEALTH) || path.startsWith(HEALTH + "/") || (openMetrics && path.equals(METRICS));
        if (!open && !known(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION))) {
            exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            return Problems.write(
                    exchange,
                    Problems.problem(
                            HttpStatus.UNAUTHORIZED,
                            "UNAUTHORIZED",
                            "send the admin token: Authorization: Bearer <the line of the file admin-token in the data directory>",
                            List.of()));
        }
        if (exchange.getRequest().getHeaders().getContentLength() > MAX_BODY) {
            return Problems.write(
                    exchange,
                    Problems.problem(
                            HttpStatus.CONTENT_TOO_LARGE,
                            "BODY-TOO-LARGE",
                            "a body may have at most 1 MiB",
                            List.of()));
        }
        return chain.filter(
                MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(
                                exchange.getRequest().getHeaders().getContentType())
                        ? asText(exchange)
                        : exchange);
    }

    /** There are no forms here: it is what curl calls any body whose type it was not told. */
    private static ServerWebExchange asText(ServerWebExchange exchange) {
        return exchange.mutate()
                .request(request -> request.headers(headers -> headers.setContentType(MediaType.TEXT_PLAIN)))
                .build();
    }

    private boolean known(@Nullable String header) {
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.matches(header.substring(SCHEME.length()).strip());
    }
}
