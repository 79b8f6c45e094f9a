package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedTest {

    @ParameterizedTest
    @ValueSource(strings = {"Install", "Without Helm", "A first workflow", "Operate", "Upgrade", "Remove"})
    void shouldShowTheCommandsThatSystemTestsExecute(String section) {
        assertThat(Documented.kubectl(section)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "test", "upgrade", "uninstall"})
    void shouldShowWhatHelmIsToldBySystemTests(String command) {
        assertThat(Documented.helm(command).flags()).doesNotContain("--wait");
    }

    @Test
    void shouldLeaveOutRemarks() {
        assertThat(Documented.kubectl("Operate")).noneMatch(command -> command.contains("#"));
    }
}
