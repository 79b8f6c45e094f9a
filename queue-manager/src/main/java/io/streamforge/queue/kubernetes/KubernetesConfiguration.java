package io.streamforge.queue.kubernetes;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What there is of Kubernetes; made on first use, so that who needs no cluster asks none. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KubernetesProperties.class)
public class KubernetesConfiguration {

    /** Made by Spring. */
    public KubernetesConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Cluster cluster(KubernetesProperties properties, MeterRegistry meters) {
        return Cluster.of(properties.namespace(), meters);
    }
}
