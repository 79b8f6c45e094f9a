package io.streamforge.queue.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is seen around a run.
 *
 * @param tasks of this run, by name, listed after the run was read; null when the launcher could not be asked
 * @param told names that were told to end a moment ago; need not be told again at once
 * @param observingSince since when every event of a worker would have been seen; null while the broker is away
 */
public record World(
        Instant now,
        @Nullable Map<String, TaskState> tasks,
        Set<String> told,
        @Nullable Instant observingSince) {

    boolean tasksKnown() {
        return tasks != null;
    }

    Optional<TaskState> task(String name) {
        return tasks == null ? Optional.empty() : Optional.ofNullable(tasks.get(name));
    }
}
