package io.streamforge.dummy;

import io.streamforge.dummy.exchange.ExchangeRoutes;
import io.streamforge.dummy.exchange.ExchangeSettings;
import io.streamforge.dummy.kafka.KafkaAccess;
import io.streamforge.dummy.kafka.KafkaProbe;
import io.streamforge.dummy.kafka.ProbeRoutes;
import io.streamforge.dummy.load.LoadRoutes;
import io.streamforge.dummy.market.FastClock;
import io.streamforge.dummy.stream.StreamSettings;
import io.streamforge.dummy.worker.SimulatedWorker;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The service; health and metrics are Spring's. Started with a worker's command, it is a worker that does not work, whose health is
 * asked where that of a worker is.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class DummyServiceApplication {

    private static final String HEALTH_PORT = "STREAMFORGE_HEALTH_PORT";
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        SpringApplication application = new SpringApplication(DummyServiceApplication.class);
        Map<String, Object> defaults = new HashMap<>();
        if ("json".equalsIgnoreCase(environment.get("STREAMFORGE_LOG"))) {
            defaults.put("logging.structured.format.console", "logstash");
        }
        application.setDefaultProperties(defaults);
        if (environment.containsKey(SimulatedWorker.COMMAND)) {
            String port = environment.getOrDefault(HEALTH_PORT, "0");
            System.exit(work(environment, application.run("--server.port=" + port, "--server.address=0.0.0.0")));
        }
        application.run(args);
    }

    private static int work(Map<String, String> environment, ConfigurableApplicationContext health) {
        try (health;
                SimulatedWorker worker = SimulatedWorker.of(environment)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(worker), "worker-stop"));
            return worker.run();
        }
    }

    private static void end(SimulatedWorker worker) {
        try {
            // Otherwise the process would exit with the signal's number.
            worker.end().ifPresent(Runtime.getRuntime()::halt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
    NettyRouteProvider routeProvider(ExchangeRoutes exchange) {
        Optional<KafkaAccess> kafka = KafkaAccess.of(System.getenv());
        ProbeRoutes probe = new ProbeRoutes(kafka.map(access -> new KafkaProbe(access, PROBE_PATIENCE)));
        LoadRoutes load = new LoadRoutes(kafka);
        return routes -> load.apply(probe.apply(exchange.apply(routes)));
    }
}
