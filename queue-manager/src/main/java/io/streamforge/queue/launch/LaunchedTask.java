package io.streamforge.queue.launch;

import io.streamforge.queue.run.TaskState;

/** What a launcher lists. */
public record LaunchedTask(String name, String queueId, String vertex, int attempt, TaskState state) {}
