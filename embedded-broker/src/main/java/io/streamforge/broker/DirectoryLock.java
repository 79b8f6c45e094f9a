package io.streamforge.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second broker, of this or another process, away from a directory; a process that dies gives the lock back. */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "broker.lock";

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new BrokerException(
                        "BROKER-DIRECTORY-IN-USE",
                        "another broker is running on " + directory + "; stop it or choose another directory");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new BrokerException(
                    "BROKER-DIRECTORY", "cannot use " + directory + " (" + e + "); it must be writable", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new BrokerException("BROKER-DIRECTORY", "cannot release the directory's lock (" + e + ")", e);
        }
    }
}
