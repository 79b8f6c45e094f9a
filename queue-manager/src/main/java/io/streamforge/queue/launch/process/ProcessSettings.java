package io.streamforge.queue.launch.process;

import java.nio.file.Path;
import java.util.List;

/**
 * @param directory data directory: tasks are remembered in {@code tasks/}, logs lie in {@code runs/<queue_id>/}
 * @param java the command that starts a JVM
 * @param classPath of the workers
 * @param mainClass of the workers
 * @param options of the JVM, before {@code -Xmx}
 * @param defaultMemory bytes of heap when a task does not say how much memory it may use
 * @param stopOnClose whether the tasks end with queue-manager
 */
public record ProcessSettings(
        Path directory,
        Path java,
        String classPath,
        String mainClass,
        List<String> options,
        long defaultMemory,
        boolean stopOnClose) {

    public ProcessSettings {
        options = List.copyOf(options);
    }
}
