package io.streamforge.queue.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.streamforge.messages.ErrorInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a launcher knows of something it launched. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskState.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = TaskState.Running.class, name = "running"),
    @JsonSubTypes.Type(value = TaskState.Exited.class, name = "exited")
})
public sealed interface TaskState {

    /**
     * It cannot start, for a reason that somebody can do something about; it will when that was done.
     *
     * @param since when it first could have started
     */
    record Waiting(Instant since, ErrorInfo reason) implements TaskState {}

    record Running(Instant since) implements TaskState {}

    /**
     * @param code exit code, 128 plus the signal when it was killed, -1 when nobody knows
     * @param reason in words, such as {@code killed} or {@code out of memory}
     * @param error what the launcher knows better than the exit code tells; null when it does not
     */
    record Exited(
            int code, String reason, Instant at, @Nullable ErrorInfo error) implements TaskState {

        private static final int SIGNALLED = 128;

        public Exited(int code, String reason, Instant at) {
            this(code, reason, at, null);
        }

        boolean killed() {
            return code >= SIGNALLED;
        }
    }
}
