package io.streamforge.standalone;

import io.streamforge.dummy.SimulatedExchange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.netty.ChannelBindException;

/** {@code streamforge simulate [--port 8190]}. */
@Command(name = "simulate", description = "Runs the simulated exchange and its paged JSON API, until interrupted.")
final class SimulateCommand implements Runnable {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8190",
            description = "Port on the loopback interface, 0 for a free one (default: ${DEFAULT-VALUE}).")
    int port = 8190;

    @Override
    public void run() {
        try (Interruption interruption = new Interruption();
                SimulatedExchange exchange = SimulatedExchange.start(port)) {
            new Output(spec.commandLine().getOut()).line("simulated exchange is ready at " + exchange.url());
            interruption.await();
        } catch (ChannelBindException e) {
            throw new CommandException(Exit.BAD_INPUT, "port " + port + " is taken; choose another with --port", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
