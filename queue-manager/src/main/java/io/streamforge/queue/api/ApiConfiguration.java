package io.streamforge.queue.api;

import io.streamforge.messages.Json;
import io.streamforge.queue.QueueManagerProperties;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.prepare.SchemaRegistry;
import io.streamforge.queue.reconcile.BrokerWatch;
import io.streamforge.queue.reconcile.Reconciler;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Puts the API together. */
@Configuration(proxyBeanMethods = false)
@Import({
    WorkflowsController.class,
    DryRunsController.class,
    GraphsController.class,
    RunsController.class,
    ConnectorsController.class,
    TemplatesController.class,
    SchemasController.class,
    MetricsController.class,
    AuditController.class
})
public class ApiConfiguration implements WebFluxConfigurer {

    private static final int MAX_BODY = 1 << 20;
    private static final int HANDLERS = 32;

    /** Made by Spring. */
    public ApiConfiguration() {}

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
        configurer.defaultCodecs().maxInMemorySize(MAX_BODY);
        configurer.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(Json.MAPPER));
        configurer.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(Json.MAPPER));
    }

    @Override
    public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(HANDLERS, HANDLERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "api");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        configurer.setExecutor(new ConcurrentTaskExecutor(pool));
    }

    /** Made at once: whoever started the server looks for it. */
    @Bean
    @Lazy(false)
    AdminToken adminToken(QueueManagerProperties properties) {
        String configured = properties.adminToken();
        return configured == null ? AdminToken.in(properties.data()) : new AdminToken(configured.strip());
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TokenFilter tokenFilter(AdminToken token, ServerProperties server) {
        InetAddress address = server.getAddress();
        return new TokenFilter(token, address != null && address.isLoopbackAddress());
    }

    @Bean
    @Order(-2)
    Problems problems() {
        return new Problems();
    }

    @Bean
    Idempotency idempotency(Store store, Clock clock) {
        return new Idempotency(store, clock);
    }

    @Bean
    RunViews runViews(Reconciler reconciler) {
        return new RunViews(reconciler);
    }

    @Bean
    RunLogs runLogs(Launcher launcher) {
        return new RunLogs(launcher);
    }

    @Bean
    DeadLetterPages deadLetterPages(Broker broker, SchemaRegistry schemas) {
        return new DeadLetterPages(broker, schemas);
    }

    @Bean
    BoundedCalls boundedCalls(QueueManagerProperties properties) {
        var preparation = properties.preparation();
        return new BoundedCalls(
                Executors.newFixedThreadPool(preparation.threads(), task -> {
                    Thread thread = new Thread(task, "asking-systems");
                    thread.setDaemon(true);
                    return thread;
                }),
                preparation.timeout());
    }

    @Bean("storeHealthIndicator")
    HealthIndicator storeHealth(Store store) {
        return () -> {
            store.runs(new RunFilter(null, Set.of(), 0, 1));
            return Health.up().build();
        };
    }

    @Bean("brokerHealthIndicator")
    HealthIndicator brokerHealth(BrokerWatch watch) {
        return () -> watch.problem()
                .map(problem -> Health.down().withDetail("reason", problem).build())
                .orElseGet(() -> Health.up().build());
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("StreamForge queue-manager")
                        .version("v1")
                        .description("Workflows and their runs. Errors are application/problem+json."))
                .schemaRequirement(
                        "token",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }
}
