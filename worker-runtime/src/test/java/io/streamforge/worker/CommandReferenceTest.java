package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReferenceTest {

    @Test
    void shouldReadBothForms() {
        assertThat(CommandReference.parse("queue-control/3/1042").owner()).isEmpty();
        assertThat(CommandReference.parse("queue-control/3/1042/wf-a-20240801-a1b2c3/sink-0"))
                .isEqualTo(CommandReference.of("queue-control", 3, 1042, "wf-a-20240801-a1b2c3", "sink-0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue-control/3/1042", "queue-control/0/0/wf-a-20240801-a1b2c3/source"})
    void shouldPrintWhatItReads(String text) {
        assertThat(CommandReference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "queue-control", "queue-control/x/1", "queue-control/1/-1", "queue-control/1/2/only-run"})
    void shouldRefuseAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommandReference.parse(text));
    }
}
