package io.streamforge.loader.api.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {

    @ParameterizedTest
    @CsvSource({
        "2024-08-01:2024-08-02, 2024-08-01T00:00:00Z, 2024-08-02T00:00:00Z",
        "2024-08-01T06:00:00Z:2024-08-01T07:30:00Z, 2024-08-01T06:00:00Z, 2024-08-01T07:30:00Z",
        "2024-08-01T08:00:00+02:00:2024-08-02, 2024-08-01T06:00:00Z, 2024-08-02T00:00:00Z"
    })
    void shouldReadDatesAndTimes(String text, Instant start, Instant end) {
        TimeRange range = TimeRange.parse(text);

        assertThat(range).isEqualTo(new TimeRange(start.toEpochMilli(), end.toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-08-01",
                "2024-08-02:2024-08-01",
                "2024-08-01:2024-08-01",
                "2024-13-01:2024-14-01",
                "2024-08-01T06:00:2024-08-02"
            })
    void shouldSayHowARangeIsWritten(String text) {
        assertThatThrownBy(() -> TimeRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
