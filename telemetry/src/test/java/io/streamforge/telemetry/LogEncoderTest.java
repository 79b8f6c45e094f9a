package io.streamforge.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogEncoderTest {

    private static final String SECRET = "c0rrect \"horse\" \\ battery";

    private static String line(String format, Consumer<LoggingEvent> edit) {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("io.streamforge.worker.Worker");
        LogEncoder encoder = new LogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format);
        encoder.start();
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, "trying again", null, null);
        event.setMDCPropertyMap(Map.of("queue_id", "wf-1", "telemetry_id", "sink-connector__a1b2c3"));
        edit.accept(event);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteOneFieldPerKeyValueAndEachOnce() {
        // when
        String line = line("json", event -> {
            event.addKeyValuePair(new KeyValuePair("queue_id", "wf-other"));
            event.addKeyValuePair(new KeyValuePair("port", 8081));
            event.addKeyValuePair(new KeyValuePair("delay", Duration.ofMillis(200)));
            event.addKeyValuePair(new KeyValuePair("reason", Map.of("nested", 1)));
        });

        // then
        JsonNode json = JsonMapper.builder()
                .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .readTree(line);
        assertThat(line).endsWith("\n").doesNotContain("\n{");
        assertThat(json.path("message").asString()).isEqualTo("trying again");
        assertThat(json.path("level").asString()).isEqualTo("WARN");
        assertThat(json.path("queue_id").asString()).isEqualTo("wf-1");
        assertThat(json.path("telemetry_id").asString()).isEqualTo("sink-connector__a1b2c3");
        assertThat(json.path("port").asInt()).isEqualTo(8081);
        assertThat(json.path("delay").asString()).isEqualTo("PT0.2S");
        assertThat(json.path("reason").asString()).isEqualTo("{nested=1}");
        assertThat(json.path("@timestamp").asString()).endsWith("Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void shouldShowNoSecretWhereverItStands(String format) {
        // given
        Masks.hide(SECRET);

        // when
        String line = line(format, event -> {
            event.addKeyValuePair(new KeyValuePair("reason", "login failed with " + SECRET));
            event.setThrowableProxy(
                    new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("no: " + SECRET)));
        });

        // then
        assertThat(line)
                .contains("login failed with ***", "no: ***")
                .doesNotContain("c0rrect")
                .doesNotContain("battery");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://me:pw@db:5432/shop|postgresql://me:***@db:5432/shop",
                "jdbc:mysql://db/shop?user=me&password=pw&ssl=true|jdbc:mysql://db/shop?user=me&password=***&ssl=true",
                "Authorization: Bearer ab.cd-ef|Authorization: Bearer ***",
                "api_key=12345, page=2|api_key=***, page=2",
                "sasl.password=\"pw\"|sasl.password=\"***\"",
                "http://host:8080/path@2|http://host:8080/path@2",
                "the password is wrong|the password is wrong"
            })
    void shouldHideWhatStandsWhereSecretsStand(String text, String shown) {
        assertThat(Masks.mask(text)).isEqualTo(shown);
    }

    @Test
    void shouldNotHideWordsThatAreTooShortToBeSecrets() {
        Masks.hide("go");
        Masks.hide("");
        Masks.hide(null);

        assertThat(Masks.mask("going on")).isEqualTo("going on");
    }
}
