package io.streamforge.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
final class Remote {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Server to talk to (default: ${DEFAULT-VALUE}). Its token is taken from STREAMFORGE_TOKEN, "
                    + "or from DIR/admin-token of a local one.",
            defaultValue = "${env:STREAMFORGE_SERVER:-http://127.0.0.1:8080}")
    URI server = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of a local server (default: ${DEFAULT-VALUE}).",
            defaultValue = DataDirectory.DEFAULT)
    Path data = Path.of(DataDirectory.DEFAULT);

    ApiClient connect() {
        return new ApiClient(server, token());
    }

    private String token() {
        @Nullable String given = System.getenv("STREAMFORGE_TOKEN");
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        Path file = data.resolve(DataDirectory.TOKEN);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandException(
                    Exit.BAD_INPUT,
                    "no token: set STREAMFORGE_TOKEN, or name the data directory of a local server with --data (" + file
                            + " cannot be read)",
                    e);
        }
    }
}
