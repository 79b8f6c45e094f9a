package io.streamforge.dummy.exchange;

import io.streamforge.messages.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that has not been sent. */
record Reply(int status, Map<String, String> headers, byte[] body) {

    static Reply json(CharSequence json) {
        return new Reply(200, Map.of(), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(Object value) {
        return new Reply(200, Map.of(), Json.MAPPER.writeValueAsBytes(value));
    }

    /** {@code {"code":-1121,"msg":"Invalid symbol."}}. */
    static Reply error(int status, int code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("msg", message);
        return new Reply(status, Map.of(), Json.MAPPER.writeValueAsBytes(error));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
