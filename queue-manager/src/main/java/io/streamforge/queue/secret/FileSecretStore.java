package io.streamforge.queue.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Secrets as files of a directory with mode 700, each with mode 600. */
public final class FileSecretStore implements SecretStore {

    private static final Set<StandardOpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private final Path directory;

    public FileSecretStore(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " for secrets", e);
        }
    }

    @Override
    public void put(String name, String value) {
        Path file = file(name);
        Path temporary = directory.resolve(name + "~");
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(temporary, NEW_FILE, mode)) {
            channel.write(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep secret " + name, e);
        }
    }

    @Override
    public Optional<String> get(String name) {
        if (!SecretStore.NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read secret " + name, e);
        }
    }

    @Override
    public void removeAll(String prefix) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory, file -> String.valueOf(file.getFileName()).startsWith(prefix))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove secrets " + prefix + "…", e);
        }
    }

    private Path file(String name) {
        return directory.resolve(SecretStore.requireName(name));
    }
}
