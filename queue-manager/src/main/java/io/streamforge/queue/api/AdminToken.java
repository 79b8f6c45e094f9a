package io.streamforge.queue.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** What lets callers in: the token that was configured, or the one line of {@code DIR/admin-token}, made on first start with mode 600. */
public final class AdminToken {

    private static final String FILE = "admin-token";
    private static final int BYTES = 32;

    private final byte[] expected;

    AdminToken(String token) {
        expected = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the token of a data directory, or makes one. */
    static AdminToken in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            create(file);
            return new AdminToken(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make " + file, e);
        }
    }

    private static void create(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            String line = HexFormat.of().formatHex(random) + "\n";
            channel.write(java.nio.ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its token is read.
        }
    }

    /** Takes the same time for every wrong token. */
    boolean matches(String given) {
        return MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }
}
