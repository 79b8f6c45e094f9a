package io.streamforge.dummy;

import io.streamforge.dummy.exchange.ExchangeRoutes;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.market.FastClock;
import io.streamforge.dummy.stream.StreamSettings;
import java.time.Clock;
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
        ExchangeSettings settings = new ExchangeSettings(
                properties.weightLimit(),
                properties.weightWindow(),
                properties.orders(),
                properties.ordersToken(),
                properties.tradesPerSecond(),
                StreamSettings.DEFAULT);
        Clock clock = Clock.systemUTC();
        return new ExchangeRoutes(settings, properties.speed() == 1 ? clock : new FastClock(clock, properties.speed()));
    }

    @Bean
    NettyRouteProvider routeProvider(ExchangeRoutes routes) {
        return routes::apply;
    }
}
