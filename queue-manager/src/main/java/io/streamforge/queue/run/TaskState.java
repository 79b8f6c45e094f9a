package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What a launcher knows of something it launched. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskState.Running.class, name = "running"),
    @JsonSubTypes.Type(value = TaskState.Exited.class, name = "exited")
})
public sealed interface TaskState {

    record Running(Instant since) implements TaskState {}

    /**
     * @param code exit code, 128 plus the signal when it was killed, -1 when nobody knows
     * @param reason in words, such as {@code killed} or {@code out of memory}
     */
    record Exited(int code, String reason, Instant at) implements TaskState {

        private static final int SIGNALLED = 128;

        boolean killed() {
            return code >= SIGNALLED;
        }
    }
}
