package io.streamforge.dummy.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A request. */
record Call(String uri, String path, Map<String, List<String>> query, HttpHeaders headers, String body) {

    static Call of(String uri, HttpHeaders headers, String body) {
        QueryStringDecoder decoder = new QueryStringDecoder(uri);
        return new Call(uri, decoder.path(), decoder.parameters(), headers, body);
    }

    Optional<String> text(String parameter) {
        return Optional.ofNullable(query.get(parameter))
                .map(values -> values.get(0))
                .filter(value -> !value.isEmpty());
    }

    /** @throws BadCallException when the parameter is present and no whole number of at most 18 digits */
    OptionalLong number(String parameter) {
        Optional<String> text = text(parameter);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[0-9]{1,18}")) {
            throw new BadCallException(
                    -1100,
                    "Illegal characters found in parameter '" + parameter + "'; legal range is '^[0-9]{1,20}$'.");
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    /** The number, or the default; at least 1 and cut to the largest, as the real exchange does. */
    int limit(String parameter, int fallback, int largest) {
        long number = number(parameter).orElse(fallback);
        if (number == 0) {
            throw new BadCallException(-1130, "Data sent for parameter '" + parameter + "' is not valid.");
        }
        return (int) Math.min(number, largest);
    }
}
