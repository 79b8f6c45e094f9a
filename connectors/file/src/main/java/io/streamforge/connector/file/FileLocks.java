package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Exclusive sections, between the threads of a process and between processes; a dead process holds no lock. */
final class FileLocks {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private FileLocks() {}

    static FileLock acquire(FileChannel channel, Path file) throws IOException, ConnectorException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        FileLock lock = attempt(channel);
        while (lock == null) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                throw new ConnectorException(
                        "FILE-LOCKED",
                        Category.TRANSIENT,
                        "'" + file + "' is held by another writer",
                        "end the other process when this lasts");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = attempt(channel);
        }
        return lock;
    }

    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // a thread of this process holds it
        }
    }
}
