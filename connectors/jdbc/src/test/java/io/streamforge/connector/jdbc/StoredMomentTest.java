package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredMomentTest {

    @ParameterizedTest
    @CsvSource({
        "2024-08-01T00:00:00Z, 2024-08-01T00:00:00Z",
        "2024-08-01 02:30:00.25+02:30, 2024-08-01T00:00:00.250Z",
        "2024-08-01 02:00:00+02, 2024-08-01T00:00:00Z",
        "2024-08-01 00:00:00.000001, 2024-08-01T00:00:00.000001Z",
        "soon, soon"
    })
    void shouldReadWhatDatabasesPrint(String stored, String iso) {
        assertThat(StoredMoment.iso(stored)).isEqualTo(iso);
    }

    @Test
    void shouldLeaveNullAsItIs() {
        assertThat(StoredMoment.iso(null)).isNull();
    }
}
