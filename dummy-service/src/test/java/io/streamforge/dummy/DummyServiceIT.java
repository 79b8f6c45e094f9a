package io.streamforge.dummy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class DummyServiceIT {

    @Test
    void shouldServeTheExchangeBesideHealth() throws Exception {
        try (ConfigurableApplicationContext service =
                new SpringApplicationBuilder(DummyServiceApplication.class).run("--server.port=0")) {
            String port = service.getEnvironment().getRequiredProperty("local.server.port");

            HttpResponse<String> candles = get(port, "/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=1");
            HttpResponse<String> health = get(port, "/actuator/health/readiness");

            assertThat(candles.statusCode()).isEqualTo(200);
            assertThat(candles.body()).startsWith("[[");
            assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    private static HttpResponse<String> get(String port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
