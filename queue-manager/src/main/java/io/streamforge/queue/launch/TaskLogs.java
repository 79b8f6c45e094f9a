package io.streamforge.queue.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Logs of tasks as files: {@code <queue_id>/<task>.log}. */
public final class TaskLogs {

    private static final String SUFFIX = ".log";

    private final Path directory;

    public TaskLogs(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    private record Log(String name, FileTime created) {}

    public Path file(String queueId, String name) throws IOException {
        return Files.createDirectories(directory.resolve(queueId)).resolve(name + SUFFIX);
    }

    /** As {@link Launcher#logs}. */
    public List<String> names(String queueId) {
        try {
            return list(queueId);
        } catch (IOException e) {
            throw new LaunchException("cannot list the logs of " + queueId, e);
        }
    }

    private List<String> list(String queueId) throws IOException {
        List<Log> logs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(queueId), "*" + SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                logs.add(new Log(
                        name.substring(0, name.length() - SUFFIX.length()),
                        Files.readAttributes(file, BasicFileAttributes.class).creationTime()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return logs.stream()
                .sorted(Comparator.comparing(Log::created).thenComparing(Log::name))
                .map(Log::name)
                .toList();
    }

    /** As {@link Launcher#log}. */
    public LogChunk read(String queueId, String name, long offset, int maxBytes) {
        try {
            return chunk(queueId, name, offset, maxBytes);
        } catch (IOException e) {
            throw new LaunchException("cannot read the log of " + name, e);
        }
    }

    private LogChunk chunk(String queueId, String name, long offset, int maxBytes) throws IOException {
        Path file = directory.resolve(queueId).resolve(name + SUFFIX);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = offset < 0 ? Math.max(0, channel.size() + offset) : offset;
            ByteBuffer buffer = ByteBuffer.allocate(maxBytes);
            channel.position(start);
            int read = 0;
            while (read >= 0 && buffer.hasRemaining()) {
                read = channel.read(buffer);
            }
            int length = wholeLines(buffer);
            return new LogChunk(new String(buffer.array(), 0, length, StandardCharsets.UTF_8), start + length);
        } catch (NoSuchFileException e) {
            return new LogChunk("", Math.max(0, offset));
        }
    }

    /** A line that is still being written, or was cut, is left for the next read; one without an end in sight is not. */
    private static int wholeLines(ByteBuffer buffer) {
        for (int i = buffer.position(); i > 0; i--) {
            if (buffer.get(i - 1) == '\n') {
                return i;
            }
        }
        return buffer.position();
    }

    /** As {@link Launcher#forgetLogs}. */
    public void forget(String queueId) {
        try {
            for (String name : list(queueId)) {
                Files.deleteIfExists(directory.resolve(queueId).resolve(name + SUFFIX));
            }
            Files.deleteIfExists(directory.resolve(queueId));
        } catch (IOException e) {
            throw new LaunchException("cannot remove the logs of " + queueId, e);
        }
    }
}
