package io.streamforge.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class QueueManagerPropertiesTest {

    @Test
    void shouldReadPropertiesOfKafkaFromVariables() {
        QueueManagerProperties properties = of(Map.of("STREAMFORGE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL"));

        assertThat(properties.connection().properties()).containsExactly(Map.entry("security.protocol", "SASL_SSL"));
    }

    @Test
    void shouldTakeATokenThatSeveralQueueManagersShare() {
        assertThat(of(Map.of("STREAMFORGE_ADMINTOKEN", "0123456789abcdef")).adminToken())
                .isEqualTo("0123456789abcdef");
        assertThat(of(Map.of()).adminToken()).isNull();
    }

    @Test
    void shouldRefuseATokenThatCanBeGuessed() {
        assertThatThrownBy(() -> of(Map.of("STREAMFORGE_ADMINTOKEN", "secret")))
                .rootCause()
                .hasMessage("streamforge.admin-token must have at least 16 characters, got 6");
    }

    private static QueueManagerProperties of(Map<String, Object> variables) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bindOrCreate("streamforge", QueueManagerProperties.class);
    }
}
