package io.streamforge.loader.api.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsedWeightTest {

    private final List<Duration> pauses = new ArrayList<>();
    private final UsedWeight weight =
            new UsedWeight(5000, Clock.fixed(Instant.parse("2024-08-01T10:00:45Z"), ZoneOffset.UTC), pauses::add);

    @Test
    void shouldPauseForTheRestOfTheMinuteWhenTheLimitIsReached() throws InterruptedException {
        weight.observe(used("4999"));
        weight.await();
        weight.observe(used("5000"));
        weight.await();

        assertThat(pauses).containsExactly(Duration.ofSeconds(15));
    }

    @Test
    void shouldIgnoreServersThatDoNotCount() throws InterruptedException {
        weight.observe(HttpHeaders.of(Map.of(), (name, value) -> true));
        weight.observe(used("plenty"));
        weight.await();

        assertThat(pauses).isEmpty();
    }

    private static HttpHeaders used(String value) {
        return HttpHeaders.of(Map.of("X-MBX-USED-WEIGHT-1M", List.of(value)), (name, ignored) -> true);
    }
}
