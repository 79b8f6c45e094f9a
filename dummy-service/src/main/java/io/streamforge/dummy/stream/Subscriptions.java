package io.streamforge.dummy.stream;

import io.streamforge.messages.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a session subscribed to, and the messages by which it does; for one thread. */
final class Subscriptions {

    private static final int INVALID_REQUEST = 2;
    private static final int INVALID_JSON = 3;

    private final Map<String, EventStream> streams = new LinkedHashMap<>();
    private final EventStreams known;
    private final int limit;

    Subscriptions(EventStreams known, int limit) {
        this.known = known;
        this.limit = limit;
    }

    Map<String, EventStream> streams() {
        return streams;
    }

    /** What is wrong with a name; empty when the stream is open now. */
    Optional<String> subscribe(String name, long now) {
        if (streams.containsKey(name)) {
            return Optional.empty();
        }
        if (streams.size() >= limit) {
            return Optional.of("too many streams, at most " + limit);
        }
        Optional<EventStream> stream = known.open(name, now);
        stream.ifPresent(found -> streams.put(name, found));
        return stream.isPresent() ? Optional.empty() : Optional.of("unknown stream " + name);
    }

    /** The answer to a message. */
    String answer(String message, long now) {
        try {
            JsonNode request = Json.MAPPER.readTree(message);
            return answer(request, request.path("id"), now);
        } catch (JacksonException e) {
            return error(INVALID_JSON, "Invalid JSON: " + e.getOriginalMessage(), Json.MAPPER.nullNode());
        }
    }

    private String answer(JsonNode request, JsonNode id, long now) {
        List<String> names = new ArrayList<>();
        request.path("params").valueStream().forEach(name -> names.add(name.asString("")));
        return switch (request.path("method").asString("")) {
            case "SUBSCRIBE" -> {
                for (String name : names) {
                    Optional<String> problem = subscribe(name, now);
                    if (problem.isPresent()) {
                        yield error(INVALID_REQUEST, "Invalid request: " + problem.get(), id);
                    }
                }
                yield result(null, id);
            }
            case "UNSUBSCRIBE" -> {
                names.forEach(streams::remove);
                yield result(null, id);
            }
            case "LIST_SUBSCRIPTIONS" -> result(List.copyOf(streams.keySet()), id);
            default -> error(INVALID_REQUEST, "Invalid request: unknown method", id);
        };
    }

    private static String result(@Nullable Object result, JsonNode id) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("result", result);
        answer.put("id", id);
        return Json.MAPPER.writeValueAsString(answer);
    }

    private static String error(int code, String message, JsonNode id) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", Map.of("code", code, "msg", message));
        answer.put("id", id);
        return Json.MAPPER.writeValueAsString(answer);
    }
}
