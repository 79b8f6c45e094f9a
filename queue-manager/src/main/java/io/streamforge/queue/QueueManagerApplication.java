package io.streamforge.queue;

import io.streamforge.queue.api.ApiConfiguration;
import io.streamforge.queue.kubernetes.KubernetesConfiguration;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * queue-manager as an application of its own, or inside another program by {@link #builder}. A {@link
 * io.streamforge.queue.launch.Launcher} or {@link io.streamforge.queue.store.Store} that the program registers as a bean is used
 * instead of the configured one.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(QueueManagerProperties.class)
@Import({QueueManagerConfiguration.class, ApiConfiguration.class, KubernetesConfiguration.class})
public class QueueManagerApplication {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8080"),
            Map.entry("server.shutdown", "immediate"),
            Map.entry("spring.application.name", "queue-manager"),
            // Two seconds unless told otherwise, at the end of every command.
            Map.entry("spring.reactor.netty.shutdown-quiet-period", "0s"),
            Map.entry("spring.jmx.enabled", "false"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,store"),
            Map.entry("management.endpoint.health.show-details", "never"),
            Map.entry("springdoc.swagger-ui.enabled", "false"),
            Map.entry("springdoc.enable-spring-security", "false"),
            Map.entry("springdoc.packages-to-scan", "io.streamforge.queue.api"));

    /** Made by Spring. */
    public QueueManagerApplication() {}

    /** A builder with the defaults set; properties and beans may be added before it is run. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(QueueManagerApplication.class)
                .web(WebApplicationType.REACTIVE)
                .bannerMode(Banner.Mode.OFF)
                .lazyInitialization(true)
                .properties(DEFAULTS);
    }

    public static void main(String[] args) {
        builder()
                .properties("logging.config=classpath:io/streamforge/queue/log.xml")
                .run(args);
    }
}
