package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the user wants a run to be. */
public enum Desired {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("stopped")
    STOPPED
}
