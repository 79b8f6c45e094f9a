package io.streamforge.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The <i>restricted</i> pod security standard, and what goes beyond it. */
class PodSecurityTest {

    private static final Set<String> VOLUMES = Set.of("name", "configMap", "emptyDir", "persistentVolumeClaim");

    static Stream<Arguments> pods() {
        return Installation.embedded().pods().entrySet().stream()
                .map(pod -> Arguments.of(pod.getKey(), pod.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void shouldRunWithoutRootAndWithTheDefaultSeccompProfile(String name, Tree pod) {
        Tree context = pod.member("securityContext");

        assertThat(context.member("runAsNonRoot").text()).isEqualTo("true");
        assertThat(Integer.parseInt(context.member("runAsUser").text())).isPositive();
        assertThat(context.at("seccompProfile", "type").text()).isEqualTo("RuntimeDefault");
        assertThat(pod.member("hostNetwork").value()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void shouldHaveContainersThatCannotChangeTheirImageOrGainRights(String name, Tree pod) {
        for (Tree container : pod.member("containers").items()) {
            Tree context = container.member("securityContext");
            assertThat(context.member("allowPrivilegeEscalation").text()).isEqualTo("false");
            assertThat(context.member("readOnlyRootFilesystem").text()).isEqualTo("true");
            assertThat(context.at("capabilities", "drop").text()).isEqualTo("[ALL]");
            assertThat(container.at("resources", "limits", "memory").value()).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void shouldMountNoFilesOfTheNode(String name, Tree pod) {
        for (Tree volume : pod.member("volumes").items()) {
            assertThat(volume.names()).isSubsetOf(VOLUMES);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void shouldHoldATokenOfTheClusterInQueueManagerOnly(String name, Tree pod) {
        if (name.endsWith("-queue-manager")) {
            assertThat(pod.member("serviceAccountName").text()).isEqualTo("streamforge-queue-manager");
        } else {
            assertThat(pod.member("automountServiceAccountToken").text()).isEqualTo("false");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void shouldNotTakeVariablesOfServicesForItsOwn(String name, Tree pod) {
        assertThat(pod.member("enableServiceLinks").text()).isEqualTo("false");
    }
}
