package io.streamforge.loader.api.exchange;

import static io.streamforge.loader.api.Configured.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.Configured;
import io.streamforge.messages.Json;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeOptionsTest {

    private static final Map<String, Object> BASE = Map.of("symbols", "BTCUSDT", "time_range", "2024-08-01:2024-08-02");

    @Test
    void shouldTakeATypeForDataAndInterval() throws ConnectorException {
        ExchangeOptions candles = parse(with(BASE, "type", "api_candles_5m"));
        ExchangeOptions trades = parse(with(BASE, "type", "api_trades"));
        ExchangeOptions month = parse(with(BASE, "data", "candles", "interval", "1M"));

        assertThat(candles.interval()).isEqualTo(Interval.M5);
        assertThat(trades.candles()).isFalse();
        assertThat(month.interval()).isEqualTo(Interval.MONTH);
        assertThat(candles.symbols()).containsExactly("BTCUSDT");
        assertThat(candles.access().baseUrl()).hasToString("https://api.binance.com");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "type, api_candles_7m, -, -",
                "type, api_trade, -, -",
                "type, api_trades, data, trades",
                "data, candles, -, -",
                "data, trades, interval, 1m",
                "type, api_trades, base_url, ftp://x",
                "type, api_trades, base_url, https://user:geheim@host",
                "type, api_trades, time_range, yesterday",
                "type, api_trades, symbols, BTC/USDT",
                "page_limit, 10, -, -"
            })
    void shouldRefuseOptionsThatAreWrongTogether(String name, String value, String name2, String value2) {
        Map<String, Object> written = with(BASE, name, value);
        Map<String, Object> all = name2 == null ? written : with(written, name2, value2);

        assertThatThrownBy(() -> parse(all)).isInstanceOfSatisfying(ConnectorException.class, e -> {
            assertThat(e.error().code()).isEqualTo("OPTION-VALUE");
            assertThat(e.error().category().retryable()).isFalse();
            assertThat(e.error().message()).doesNotContain("geheim");
        });
    }

    @Test
    void shouldSuggestTheTypeThatWasMeant() {
        assertThatThrownBy(() -> parse(with(BASE, "type", "api_candle_5m")))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        e -> assertThat(e.error().suggestion()).startsWith("did you mean 'api_candles_5m'?"));
    }

    @Test
    void shouldBeDescribedOnTheClassPathAfterTheBuild() throws Exception {
        try (InputStream json = Objects.requireNonNull(
                getClass().getClassLoader().getResourceAsStream(ConnectorDescriptor.RESOURCES + "exchange.json"))) {
            ConnectorDescriptor descriptor = Json.MAPPER.readValue(json, ConnectorDescriptor.class);

            assertThat(descriptor).isEqualTo(new ExchangeConnector().descriptor());
        }
    }

    @Test
    void shouldKeepTheNamesOfItsOptions() {
        List<String> names =
                ExchangeOptions.SPECS.stream().map(spec -> spec.name()).toList();

        assertThat(names)
                .containsExactly(
                        "symbols",
                        "time_range",
                        "type",
                        "data",
                        "interval",
                        "base_url",
                        "page_limit",
                        "max_used_weight",
                        "connect_timeout",
                        "read_timeout",
                        "retries",
                        "retry_delay",
                        "retry_max_delay",
                        "retry_after_limit",
                        "requests_per_minute",
                        "max_response_size",
                        "circuit_failures",
                        "circuit_wait");
    }

    private static ExchangeOptions parse(Map<String, Object> written) throws ConnectorException {
        return ExchangeOptions.of(Configured.options(new ExchangeConnector(), written));
    }
}
