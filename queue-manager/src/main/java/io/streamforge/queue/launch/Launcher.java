package io.streamforge.queue.launch;

import java.time.Duration;
import java.util.List;

/**
 * Starts and ends workers. Calls may come from several threads at once; none of them waits for a worker to start or to end.
 */
public interface Launcher extends AutoCloseable {

    /**
     * Starts the task, unless one of this name was started before and not removed since, however it is doing.
     *
     * @throws LaunchException when it cannot be started
     */
    void launch(LaunchRequest request);

    /**
     * Asks the task to end, kills it when it has not done so after the grace, and forgets it once it is gone. Does nothing for
     * a name that is not known.
     *
     * @param grace zero to kill at once
     * @throws LaunchException when the launcher cannot be reached
     */
    void remove(String name, Duration grace);

    /**
     * Keeps the number of workers that share a task as it is, or lets it follow their work again. Does nothing where it does not
     * change, or for a name that is not known.
     *
     * @throws LaunchException when the launcher cannot be reached
     */
    default void hold(String name, boolean held) {}

    /**
     * Every task that was launched and not removed, also by an earlier process of queue-manager.
     *
     * @throws LaunchException when the launcher cannot be reached
     */
    List<LaunchedTask> list();

    /**
     * What the tasks of a run have written to their logs, also after they were removed.
     *
     * @return names of tasks that have a log, in the order of their start
     */
    List<String> logs(String queueId);

    /**
     * A part of a task's log.
     *
     * @param offset byte offset; a negative one counts from the end
     * @return empty text at the end, or when there is no such log
     */
    LogChunk log(String queueId, String name, long offset, int maxBytes);

    /** Removes the logs of a run. */
    void forgetLogs(String queueId);

    /** Calls the listener, on any thread, soon after a task has ended; only hurries what {@link #list} would tell. */
    void onExit(Runnable listener);

    /** Lets go of the tasks; they live on unless the launcher was configured to take them along. */
    @Override
    void close();
}
