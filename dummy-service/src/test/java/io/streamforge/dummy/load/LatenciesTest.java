package io.streamforge.dummy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void shouldBeZeroWithoutAny() {
        assertThat(latencies.percentile(0.99)).isZero();
    }

    @Test
    void shouldTellPercentilesToWithinTwoPerCent() {
        for (long micros = 1; micros <= 1_000_000; micros++) {
            latencies.add(micros * 1_000);
        }

        assertThat(latencies.percentile(0.5)).isCloseTo(500, withinPercentage(2));
        assertThat(latencies.percentile(0.99)).isCloseTo(990, withinPercentage(2));
        assertThat(latencies.percentile(0.0001)).isCloseTo(0.1, withinPercentage(2));
        assertThat(latencies.percentile(1)).isCloseTo(1_000, withinPercentage(2));
    }

    @Test
    void shouldTakeTheLongest() {
        latencies.add(Long.MAX_VALUE);

        assertThat(latencies.percentile(1)).isPositive();
    }
}
