package io.streamforge.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnProfileTest {

    @ParameterizedTest
    @CsvSource({
        "true FALSE, BOOLEAN",
        "1 2 -3, INT64",
        "0 1, INT64",
        "007 123, STRING",
        "1 x, STRING",
        "123456789012345678, INT64",
        "12345678901234567890, 'DECIMAL(38,0)'",
        "12.50 0.99, 'DECIMAL(38,2)'",
        "12.5 0.99, FLOAT64",
        "1 0.5, FLOAT64",
        "1.5e3 2, FLOAT64",
        "1.123456789012345678 1, 'DECIMAL(38,18)'",
        "00.5, STRING",
        "2024-01-01 2023-12-31, DATE",
        "2024-01-01 7, STRING",
        "2024-01-01T00:00:00 2024-01-01T00:00, TIMESTAMP(6)",
        "2024-01-01T00:00:00.123456789, TIMESTAMP(9)",
        "2024-01-01T00:00:00.123456Z, TIMESTAMP_TZ(6)",
        "2024-01-01T00:00:00.123456789-02:00, TIMESTAMP_TZ(9)",
        "2024-01-01T00:00:00Z 2024-01-01T00:00:00, STRING",
        "2023-02-29, STRING",
        "'', STRING",
    })
    void shouldFindTheNarrowestTypeThatChangesNothing(String texts, String type) {
        ColumnProfile profile = new ColumnProfile();
        if (!texts.isEmpty()) {
            for (String text : texts.split(" ")) {
                profile.add(text);
            }
        }

        assertThat(profile.type()).hasToString(type);
    }
}
