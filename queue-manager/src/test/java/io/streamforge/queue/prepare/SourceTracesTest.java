package io.streamforge.queue.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.References;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.queue.testing.NumbersConnector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceTracesTest {

    private final List<String> secretsRemoved = new CopyOnWriteArrayList<>();
    private final Set<String> workflows = ConcurrentHashMap.newKeySet();
    private final SourceTraces traces = new SourceTraces(
            ConnectorDescriptors.of(List.of(new NumbersConnector().descriptor())),
            new CatalogDiscoverer(Catalog.load(), new NoReferences()),
            new Secrets(),
            workflows::contains,
            Duration.ofMillis(5));

    @AfterEach
    void close() {
        traces.close();
    }

    @Test
    void shouldTryAgainUntilTheSourceIsThereAndKeepItsSecretsSoLong() {
        // given
        NumbersConnector.AWAY.put("gone", 3);

        // when
        traces.remove("gone", spec("gone"));

        // then
        Awaitility.await().untilAsserted(() -> assertThat(secretsRemoved).containsExactly("gone."));
        assertThat(NumbersConnector.AWAY.get("gone")).isEqualTo(-1);
    }

    @Test
    void shouldLeaveAWorkflowAloneThatIsThereAgain() {
        // given
        NumbersConnector.AWAY.put("back", 1);
        NumbersConnector.AWAY.put("other", 2);
        workflows.add("back");

        // when
        traces.remove("back", spec("back"));
        traces.remove("other", spec("other"));

        // then
        Awaitility.await().untilAsserted(() -> assertThat(secretsRemoved).containsExactly("other."));
        assertThat(NumbersConnector.AWAY.get("back")).isZero();
    }

    private static Map<String, Object> spec(String name) {
        Map<String, Object> numbers = Map.of("connector", "numbers", "options", Map.of());
        return Map.of("name", name, "mode", "streaming", "source", numbers, "sinks", List.of(numbers));
    }

    private static final class NoReferences implements References.Resolver {

        @Override
        public Optional<String> secret(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> env(String name) {
            return Optional.empty();
        }
    }

    private final class Secrets implements SecretStore {

        @Override
        public void put(String name, String value) {}

        @Override
        public Optional<String> get(String name) {
            return Optional.empty();
        }

        @Override
        public void removeAll(String prefix) {
            secretsRemoved.add(prefix);
        }
    }
}
