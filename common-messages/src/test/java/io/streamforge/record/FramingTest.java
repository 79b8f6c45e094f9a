package io.streamforge.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 1_000_000, Integer.MAX_VALUE})
    void shouldCarryTheSchemaIdBeforeTheBody(int id) {
        byte[] framed = Framing.frame(id, new byte[] {9, 1, 2, 9}, 1, 3);

        assertThat(framed).hasSize(Framing.SIZE + 2).startsWith(0).endsWith(1, 2);
        assertThat(Framing.schemaId(framed)).isEqualTo(id);
    }

    @Test
    void shouldRefuseWhatIsNotFramed() {
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.schemaId(new byte[] {0, 0, 0, 1}));
        assertThatIllegalArgumentException().isThrownBy(() -> Framing.schemaId(new byte[] {1, 0, 0, 0, 1}));
    }
}
