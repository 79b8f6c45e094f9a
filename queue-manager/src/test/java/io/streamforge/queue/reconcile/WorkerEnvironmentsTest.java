package io.streamforge.queue.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queue.secret.FileSecretStore;
import io.streamforge.telemetry.Masks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerEnvironmentsTest {

    @TempDir
    Path directory;

    @Test
    void shouldHideFromTheLogEverySecretThatWasLookedUp() {
        // given
        WorkerEnvironments environments = new WorkerEnvironments(
                "127.0.0.1:9092",
                Map.of(),
                Map.of(),
                new FileSecretStore(directory),
                Map.of("STREAMFORGE_SECRET_SHOP_DB", "zebra-quartz"));

        // when
        String secret = environments.references().secret("shop-db").orElseThrow();

        // then
        assertThat(Masks.mask("login failed with " + secret)).isEqualTo("login failed with ***");
    }
}
