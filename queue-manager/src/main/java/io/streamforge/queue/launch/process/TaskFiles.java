package io.streamforge.queue.launch.process;

import io.streamforge.messages.Json;
import io.streamforge.queue.launch.LaunchRequest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of tasks on disk, so that the next queue-manager finds them: {@code <name>.json} says whose task it is, {@code
 * <name>.pid} is written by the process itself before it becomes the worker.
 */
final class TaskFiles {

    private static final String DESCRIPTION = ".json";

    private final Path directory;

    TaskFiles(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Whose task it is. */
    record Description(String name, String queueId, String vertex, int attempt) {}

    /** @param written when the process wrote it */
    record Pid(long pid, Instant written) {}

    boolean known(String name) {
        return Files.exists(directory.resolve(name + DESCRIPTION));
    }

    void describe(LaunchRequest request) throws IOException {
        Description description =
                new Description(request.name(), request.queueId(), request.vertex(), request.attempt());
        Path temporary = directory.resolve(request.name() + ".tmp");
        Files.write(temporary, Json.MAPPER.writeValueAsBytes(description));
        Files.move(temporary, directory.resolve(request.name() + DESCRIPTION), StandardCopyOption.ATOMIC_MOVE);
    }

    Path pidFile(String name) {
        return directory.resolve(name + ".pid");
    }

    Optional<Pid> pid(String name) throws IOException {
        Path file = pidFile(name);
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Pid(
                            Long.parseLong(text),
                            Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Takes the place of a process that never wrote its pid, so that it cannot become a worker later. */
    void seal(String name) throws IOException {
        try {
            Files.writeString(pidFile(name), "0", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // It was just in time; its pid is read next.
        }
    }

    List<Description> all() throws IOException {
        List<Description> descriptions = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + DESCRIPTION)) {
            for (Path file : files) {
                descriptions.add(Json.MAPPER.readValue(Files.readAllBytes(file), Description.class));
            }
        }
        return descriptions;
    }

    /** The description goes last: as long as it is there, the task is known. */
    void forget(String name) throws IOException {
        Files.deleteIfExists(pidFile(name));
        Files.deleteIfExists(directory.resolve(name + DESCRIPTION));
    }
}
