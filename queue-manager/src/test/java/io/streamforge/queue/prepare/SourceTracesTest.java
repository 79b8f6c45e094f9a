package io.streamforge.queue.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.References;
import io.streamforge.messages.Subject;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.queue.secret.SecretStore;
import io.streamforge.queue.store.Remnant;
import io.streamforge.queue.store.Write;
import io.streamforge.queue.testing.MemoryStore;
import io.streamforge.queue.testing.NumbersConnector;
import io.streamforge.queue.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceTracesTest {

    private final List<String> secretsRemoved = new CopyOnWriteArrayList<>();
    private final MemoryStore store = new MemoryStore();
    private final SourceTraces traces = new SourceTraces(
            ConnectorDescriptors.of(List.of(new NumbersConnector().descriptor())),
            new CatalogDiscoverer(Catalog.load(), new NoReferences()),
            new Secrets(),
            store,
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
        store.write(List.of(new Write.PutWorkflow(workflow("back"))));

        // when
        traces.remove("back", spec("back"));
        traces.remove("other", spec("other"));

        // then
        Awaitility.await().untilAsserted(() -> assertThat(secretsRemoved).containsExactly("other."));
        assertThat(NumbersConnector.AWAY.get("back")).isZero();
    }

    @Test
    void shouldGoOnWithWhatAnotherHasNotComeToTheEndOf() {
        // given
        NumbersConnector.AWAY.put("late", 2);
        store.write(List.of(new Write.PutRemnant(new Remnant("late", spec("late")))));
        store.write(List.of(new Write.PutRemnant(new Remnant("back", spec("back")))));
        store.write(List.of(new Write.PutWorkflow(workflow("back"))));

        // when
        traces.takeUp();

        // then
        Awaitility.await().untilAsserted(() -> assertThat(store.remnants()).isEmpty());
        assertThat(secretsRemoved).containsExactly("late.");
        assertThat(NumbersConnector.AWAY.get("late")).isEqualTo(-1);
    }

    private static Workflow workflow(String name) {
        return new Workflow(name, 1, spec(name), Subject.NONE, Instant.EPOCH, Instant.EPOCH);
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
