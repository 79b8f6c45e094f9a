package io.streamforge.dummy;

import io.streamforge.dummy.exchange.ExchangeRoutes;
import io.streamforge.dummy.exchange.ExchangeSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.context.annotation.Bean;

/** The simulated exchange as a service of its own; health and metrics are Spring's. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class DummyServiceApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(DummyServiceApplication.class);
        if ("json".equalsIgnoreCase(System.getenv("STREAMFORGE_LOG"))) {
            application.setDefaultProperties(Map.of("logging.structured.format.console", "logstash"));
        }
        application.run(args);
    }

    @Bean
    ExchangeRoutes exchangeRoutes(DummyProperties properties) {
        Duration window = properties.weightWindow();
        ExchangeSettings settings =
                new ExchangeSettings(properties.weightLimit(), window, properties.orders(), properties.ordersToken());
        return new ExchangeRoutes(settings, Clock.systemUTC());
    }

    @Bean
    NettyRouteProvider routeProvider(ExchangeRoutes routes) {
        return routes::apply;
    }
}
