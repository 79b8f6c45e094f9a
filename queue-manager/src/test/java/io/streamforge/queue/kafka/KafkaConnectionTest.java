package io.streamforge.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {

    private final KafkaConnection connection = new KafkaConnection(
            "kafka:9093",
            Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "password=secret", "client.id", "shared"));

    @Test
    void shouldGiveEveryClientTheCommonProperties() {
        assertThat(connection.settings(Map.of("client.id", "queue-manager")))
                .containsEntry("bootstrap.servers", "kafka:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("client.id", "queue-manager");
    }

    @Test
    void shouldTellWorkersTheSameByVariables() {
        assertThat(connection.variables())
                .containsEntry("STREAMFORGE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
                .containsEntry("STREAMFORGE_KAFKA_SASL_JAAS_CONFIG", "password=secret");
    }

    @Test
    void shouldNotPrintCredentials() {
        assertThat(connection.toString()).doesNotContain("secret");
    }
}
