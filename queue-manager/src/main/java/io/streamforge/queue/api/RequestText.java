package io.streamforge.queue.api;

import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request carries: a body that is YAML or JSON, whatever its content type says, and parameters {@code set=name=value}. */
final class RequestText {

    private RequestText() {}

    static String of(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            throw new RefusedException(
                    Reason.MALFORMED, "EMPTY-BODY", "the body is empty; send a workflow as YAML or JSON");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(Reason.MALFORMED, "NOT-UTF-8", "the body is not UTF-8 text");
        }
    }

    static Map<String, Object> parameters(@Nullable List<String> set) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String one : set == null ? List.<String>of() : set) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new RefusedException(
                        Reason.INVALID, "PARAMETER", "parameter '" + one + "' is not of the form name=value");
            }
            parameters.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return parameters;
    }
}
