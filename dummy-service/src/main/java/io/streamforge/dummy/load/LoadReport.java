package io.streamforge.dummy.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * How an order goes.
 *
 * @param pieces that were ordered
 * @param begun so far
 * @param done of these, successfully
 * @param failed of these
 * @param perSecond successful ones per second, from the first begun to the last done
 * @param latencyMillis of successful ones, from the time each was due
 * @param latestMillis how late the generator itself began a piece at worst; when it is much, the generator was at its limit
 * @param failures by their messages
 */
public record LoadReport(
        State state,
        long pieces,
        long begun,
        long done,
        long failed,
        double perSecond,
        Percentiles latencyMillis,
        double latestMillis,
        Map<String, Long> failures) {

    public LoadReport {
        failures = Map.copyOf(failures);
    }

    /** Whether it goes on. */
    public enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("stopped")
        STOPPED
    }

    /** Within two per cent. */
    public record Percentiles(double p50, double p90, double p99, double p999, double max) {}
}
