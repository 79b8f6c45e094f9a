package io.streamforge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerMainTest {

    @Test
    void shouldPreferArgumentsToTheEnvironment() {
        BrokerSettings settings = BrokerMain.settings(
                new String[] {"here", "9092"},
                Map.of("STREAMFORGE_BROKER_DIRECTORY", "there", "STREAMFORGE_BROKER_ADVERTISED_HOST", "kafka.example"));

        assertThat(settings.directory()).isEqualTo(Path.of("here"));
        assertThat(settings.port()).isEqualTo(9092);
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.advertisedHost()).isEqualTo("kafka.example");
    }

    @Test
    void shouldSayWhatIsMissingOrWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerMain.settings(new String[0], Map.of()))
                .withMessageContaining("STREAMFORGE_BROKER_DIRECTORY");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerMain.settings(new String[] {"d", "x"}, Map.of()))
                .withMessageContaining("'x'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerMain.settings(new String[] {"d", "65536"}, Map.of()))
                .withMessageContaining("65536");
    }
}
