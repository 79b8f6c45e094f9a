package io.streamforge.queue.launch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.streamforge.queue.launch.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code in-*.yaml} says what is launched and how pods are configured, the {@code out-*.yaml} beside it what is made of that.
 * Written again with {@code -Dgolden.write=true}.
 */
class ManifestsTest {

    private static final Path FOLDER = Path.of("src/test/resources/manifests");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("in-"))
                    .map(name -> name.substring("in-".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldMakeTheManifestsBesideTheRequest(String name) throws IOException {
        // given
        ManifestCase in = ManifestCase.read(FOLDER.resolve("in-" + name));
        Path expected = FOLDER.resolve("out-" + name);

        // when
        String made = made(in).stream().map(Serialization::asYaml).collect(Collectors.joining());

        // then
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(expected, made);
        }
        assertThat(made).isEqualTo(Files.readString(expected));
    }

    private static List<HasMetadata> made(ManifestCase in) {
        Manifests manifests = new Manifests(in.settings());
        HasMetadata workload = manifests.workload(in.request(), in.keda());
        workload.getMetadata().setUid("made-by-the-server");
        List<HasMetadata> all = new ArrayList<>(List.of(workload));
        all.addAll(manifests.dependents(in.request(), workload, in.keda()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldShowNoSecretButInTheSecret(String name) throws IOException {
        ManifestCase in = ManifestCase.read(FOLDER.resolve("in-" + name));

        List<HasMetadata> others = made(in).stream()
                .filter(object -> !object.getKind().equals("Secret"))
                .toList();

        for (String secret : in.request().secrets().values()) {
            assertThat(others).noneMatch(object -> Serialization.asYaml(object).contains(secret));
        }
    }

    @Test
    void shouldSayThatNoImageIsConfigured() throws IOException {
        ManifestCase in = ManifestCase.of(Map.of(
                "request",
                Map.of("name", "a", "queue_id", "b", "vertex", "source", "attempt", 1, "target", "loader-of-mine")));

        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> made(in))
                .satisfies(e -> assertThat(e.error().code()).isEqualTo("IMAGE-UNKNOWN"))
                .satisfies(e ->
                        assertThat(e.error().suggestion()).isEqualTo("set streamforge.workers.images.loader-of-mine"));
    }
}
