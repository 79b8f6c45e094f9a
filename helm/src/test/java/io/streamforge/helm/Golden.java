package io.streamforge.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that are made; {@code -Dgolden.write=true} writes them, otherwise they are compared. */
final class Golden {

    private Golden() {}

    static void check(Path file, String text) {
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, text);
            }
            assertThat(Files.exists(file))
                    .as(file + " exists; -Dgolden.write=true writes it")
                    .isTrue();
            assertThat(Files.readString(file))
                    .as(file + "; -Dgolden.write=true writes it")
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
