package io.streamforge.loader.ws.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AckTemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ack\": {/id}}                     | {\"ack\": 7}",
                "{/meta/name} {/id}                   | \"a$1\" 7",
                "{\"ack\": {/nothing}}                | {\"ack\": null}",
                "done                                 | done"
            })
    void shouldFillInValuesOfTheMessageAsJson(String template, String expected) {
        byte[] message = "{\"id\": 7, \"meta\": {\"name\": \"a$1\"}}".getBytes(StandardCharsets.UTF_8);

        assertThat(new AckTemplate(template).of(message)).isEqualTo(expected);
    }
}
