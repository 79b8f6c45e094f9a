package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/** What a user wants a run to be, since when, and who that is. */
public record Desired(Goal goal, Instant since, String actor) {

    public enum Goal {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("paused")
        PAUSED,
        @JsonProperty("stopped")
        STOPPED
    }

    public boolean running() {
        return goal == Goal.RUNNING;
    }

    public boolean paused() {
        return goal == Goal.PAUSED;
    }

    public boolean stopped() {
        return goal == Goal.STOPPED;
    }
}
