package io.streamforge.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code streamforge server}. */
@Command(name = "server", description = "Runs a server on this machine until it is interrupted.")
final class ServerCommand implements Runnable {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServerOptions options = new ServerOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the API on the loopback interface, 0 for a free one (default: ${DEFAULT-VALUE}).")
    int port = 8080;

    @Override
    public void run() {
        Path directory = options.data == null ? Path.of(DataDirectory.DEFAULT) : options.data;
        try (Interruption interruption = new Interruption();
                Platform platform = Platform.start(options.settings(directory, port, false))) {
            Output out = new Output(spec.commandLine().getOut());
            out.line("StreamForge is ready at " + platform.api().server());
            out.line("token   " + directory.resolve(DataDirectory.TOKEN).toAbsolutePath());
            out.line("broker  " + platform.broker());
            interruption.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
