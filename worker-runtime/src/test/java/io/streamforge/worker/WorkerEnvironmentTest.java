package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentTest {

    private final Map<String, String> environment = new HashMap<>(Map.of(
            "STREAMFORGE_BROKER",
            "kafka:9092",
            "STREAMFORGE_COMMAND",
            "queue-control/3/1042/wf-a-20240801-a1b2c3/source"));

    @Test
    void shouldReadEverySettingFromTheEnvironment() {
        environment.put("STREAMFORGE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        environment.put("STREAMFORGE_SECRET_SHOP_DB", "hidden");
        environment.put("STREAMFORGE_STOP_DEADLINE", "3s");
        environment.put("STREAMFORGE_BATCH_BYTES", "2MiB");

        WorkerSettings settings = WorkerEnvironment.settings(environment);

        assertThat(settings.bootstrapServers()).isEqualTo("kafka:9092");
        assertThat(settings.command())
                .isEqualTo(CommandReference.of("queue-control", 3, 1042, "wf-a-20240801-a1b2c3", "source"));
        assertThat(settings.kafka()).containsExactly(Map.entry("security.protocol", "SASL_SSL"));
        assertThat(settings.resolver().secret("shop-db")).contains("hidden");
        assertThat(settings.tuning().stopDeadline()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.tuning().batchBytes()).isEqualTo(2 << 20);
        assertThat(settings.tuning().batchRows()).isEqualTo(Tuning.DEFAULT.batchRows());
    }

    @Test
    void shouldNameTheVariableThatIsMissingOrWrong() {
        environment.put("STREAMFORGE_STOP_DEADLINE", "soon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerEnvironment.settings(environment))
                .withMessageContaining("STREAMFORGE_STOP_DEADLINE")
                .withMessageContaining("'soon'");

        environment.remove("STREAMFORGE_COMMAND");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerEnvironment.settings(environment))
                .withMessageContaining("STREAMFORGE_COMMAND");
    }

    @Test
    void shouldServeHealthOnlyWhenAPortIsGiven() {
        assertThat(WorkerEnvironment.healthPort(environment)).isEmpty();
        environment.put("STREAMFORGE_HEALTH_PORT", "8081");
        assertThat(WorkerEnvironment.healthPort(environment)).hasValue(8081);
    }
}
