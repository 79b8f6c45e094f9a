package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.messages.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectionPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "0.05, 1000, 50, false, true",
        "0.05, 1000, 51, false, false",
        "0.05,   99, 99, false, true",
        "0.05,   99, 99, true,  false",
        "0,    1000,  0, true,  true",
        "0,    1000,  1, false, false",
        "1,       3,  3, true,  true"
    })
    void shouldBoundTheRatioOnceItSaysSomething(
            double maxRatio, long read, long rejected, boolean complete, boolean fine) {
        RejectionPolicy policy = new RejectionPolicy(new Task.Errors(Task.Rejected.DROP, maxRatio));

        if (fine) {
            assertThatCode(() -> policy.check(read, rejected, complete)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> policy.check(read, rejected, complete)).hasMessageContaining("REJECTED-RATIO");
        }
    }

    @Test
    void shouldNameThePlaceOfTheFirstRowWhenNoneMayBeRejected() {
        RejectionPolicy policy = new RejectionPolicy(new Task.Errors(Task.Rejected.FAIL, 1));

        assertThatThrownBy(() -> policy.rejected("orders.csv:17", "CSV-CELL", "not a number"))
                .hasMessage("CSV-CELL: orders.csv:17: not a number");
    }
}
