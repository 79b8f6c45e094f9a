package io.streamforge.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTransactionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10:20:12,15 | 9 | true",
                "10:20:12,15 | 11 | true",
                "10:20:12,15 | 12 | false",
                "10:20:12,15 | 20 | false",
                "10:10: | 9 | true",
                "10:10: | 10 | false",
                "4294967300:4294967310:4294967305 | 8 | true",
                "4294967300:4294967310:4294967305 | 9 | false",
                "4294967300:4294967310:4294967305 | 4294967290 | true"
            })
    void shouldShowWhatTheSnapshotShowsAlsoWhenIdsBeginAgain(String snapshot, long transaction, boolean shown) {
        assertThat(VisibleTransactions.parse(snapshot).show(transaction)).isEqualTo(shown);
    }
}
