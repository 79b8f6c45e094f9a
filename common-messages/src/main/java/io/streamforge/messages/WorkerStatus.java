package io.streamforge.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a worker says it is doing. */
public enum WorkerStatus {
    @JsonProperty("starting")
    STARTING,
    @JsonProperty("loading")
    LOADING,
    @JsonProperty("paused")
    PAUSED,
    @JsonProperty("draining")
    DRAINING,
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("stopped")
    STOPPED,
    @JsonProperty("error")
    ERROR;

    /** True when the worker will say nothing more in this attempt. */
    public boolean last() {
        return this == COMPLETED || this == STOPPED || this == ERROR;
    }
}
