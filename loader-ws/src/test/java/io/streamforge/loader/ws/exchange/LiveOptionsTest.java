package io.streamforge.loader.ws.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Source;
import io.streamforge.loader.ws.Follower;
import io.streamforge.loader.ws.websocket.WebSocketConnector;
import io.streamforge.messages.Json;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "streams, trade, did you mean 'trades'",
        "streams, candles_7m, candles_1m",
        "stream_url, https://stream.example.com, stream_url",
        "stream_url, ws://me:geheim@host, stream_url",
        "symbols, BTC/USDT, symbols",
        "base_url, ftp://x, base_url"
    })
    void shouldNameTheOptionThatIsWrongAndNeverItsSecret(String option, String value, String word) {
        Map<String, Object> options = new LinkedHashMap<>(Map.of("symbols", "BTCUSDT"));
        options.put(option, value);

        assertThatThrownBy(() -> Follower.source(new LiveExchangeConnector(), options))
                .isInstanceOfSatisfying(ConnectorException.class, e -> {
                    assertThat(e.error().code()).isEqualTo("OPTION-VALUE");
                    assertThat(e.error().path()).isEqualTo(option);
                    assertThat(e.error().toString()).contains(word).doesNotContain("geheim");
                });
    }

    @Test
    void shouldFollowTradesWhenNothingElseIsSaid() throws Exception {
        try (Source source = Follower.source(new LiveExchangeConnector(), Map.of("symbols", List.of("BTCUSDT")))) {
            assertThat(source.measures()).containsEntry("feed_connected", 0L);
        }
    }

    @Test
    void shouldBeDescribedOnTheClassPathAfterTheBuild() throws Exception {
        for (var connector : List.of(new LiveExchangeConnector(), new WebSocketConnector())) {
            String path = ConnectorDescriptor.RESOURCES + connector.descriptor().name() + ".json";
            try (InputStream json =
                    Objects.requireNonNull(getClass().getClassLoader().getResourceAsStream(path))) {
                assertThat(Json.MAPPER.readValue(json, ConnectorDescriptor.class))
                        .isEqualTo(connector.descriptor());
            }
        }
    }
}
