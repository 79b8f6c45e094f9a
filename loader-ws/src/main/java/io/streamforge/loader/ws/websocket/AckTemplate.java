package io.streamforge.loader.ws.websocket;

import io.streamforge.messages.Json;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A text in which {@code {/pointer}} stands for a value of the message, as JSON. */
record AckTemplate(String text) {

    private static final Pattern VALUE = Pattern.compile("\\{(/[^{}\\s]*)}");

    /** The text for a message, which is JSON. */
    String of(byte[] message) {
        JsonNode root = Json.MAPPER.readTree(new String(message, StandardCharsets.UTF_8));
        Matcher matcher = VALUE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            JsonNode value = root.at(matcher.group(1));
            matcher.appendReplacement(
                    filled, Matcher.quoteReplacement(value.isMissingNode() ? "null" : value.toString()));
        }
        return matcher.appendTail(filled).toString();
    }
}
