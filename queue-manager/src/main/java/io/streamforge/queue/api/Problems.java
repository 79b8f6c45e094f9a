package io.streamforge.queue.api;

import io.streamforge.messages.Json;
import io.streamforge.queue.kafka.BrokerException;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.run.IllegalMoveException;
import io.streamforge.queue.store.StaleWriteException;
import io.streamforge.queue.store.StoreException;
import io.streamforge.queue.workflow.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Turns whatever went wrong into a problem document; nothing leaves as a stack trace or a page. */
final class Problems implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return write(exchange, of(exchange, failure));
    }

    static Mono<Void> write(ServerWebExchange exchange, ProblemBody problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        response.getHeaders().setContentType(MediaType.parseMediaType(ProblemBody.MEDIA_TYPE));
        if (problem.status() == HttpStatus.CONTENT_TOO_LARGE.value()) {
            // What is left of the body is not worth reading; the connection cannot be used again.
            response.getHeaders().set(HttpHeaders.CONNECTION, "close");
        }
        byte[] body = Json.MAPPER.writeValueAsBytes(problem);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static ProblemBody of(ServerWebExchange exchange, Throwable failure) {
        if (failure instanceof RefusedException refused) {
            return problem(
                    status(refused.reason()),
                    refused.code(),
                    refused.getMessage(),
                    refused.problems().stream().map(ProblemBody.Item::of).toList());
        }
        if (failure instanceof IllegalMoveException) {
            return problem(HttpStatus.CONFLICT, "WRONG-STATE", failure.getMessage(), List.of());
        }
        if (failure instanceof StaleWriteException) {
            return problem(HttpStatus.CONFLICT, "CONCURRENT-REQUEST", failure.getMessage(), List.of());
        }
        if (failure instanceof StoreException
                || failure instanceof BrokerException
                || failure instanceof LaunchException) {
            log.atWarn().addKeyValue("reason", failure.getMessage()).log("request could not be answered");
            return problem(HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", failure.getMessage(), List.of());
        }
        return framework(exchange, failure);
    }

    private static ProblemBody framework(ServerWebExchange exchange, Throwable failure) {
        if (tooLarge(failure)) {
            return problem(HttpStatus.CONTENT_TOO_LARGE, "BODY-TOO-LARGE", "a body may have at most 1 MiB", List.of());
        }
        if (failure instanceof ResponseStatusException status) {
            HttpStatus known = HttpStatus.resolve(status.getStatusCode().value());
            return problem(known == null ? HttpStatus.BAD_REQUEST : known, code(known), status.getReason(), List.of());
        }
        log.atError()
                .addKeyValue("path", exchange.getRequest().getPath().value())
                .setCause(failure)
                .log("request failed");
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "INTERNAL",
                "the request could not be answered; the log of queue-manager says more",
                List.of());
    }

    private static boolean tooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataBufferLimitException) {
                return true;
            }
        }
        return false;
    }

    private static String code(@Nullable HttpStatus status) {
        return status == null ? "BAD-REQUEST" : status.name().replace('_', '-');
    }

    static ProblemBody problem(
            HttpStatus status, String code, @Nullable String detail, List<ProblemBody.Item> problems) {
        return ProblemBody.of(status.value(), status.getReasonPhrase(), code, detail, problems);
    }

    private static HttpStatus status(RefusedException.Reason reason) {
        return switch (reason) {
            case MALFORMED -> HttpStatus.BAD_REQUEST;
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case STALE -> HttpStatus.PRECONDITION_FAILED;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
