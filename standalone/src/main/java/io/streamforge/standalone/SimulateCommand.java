package io.streamforge.standalone;

import io.streamforge.dummy.SimulatedExchange;
import io.streamforge.dummy.exchange.ExchangeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.netty.ChannelBindException;

/** {@code streamforge simulate [--port 8190]}. */
@Command(
        name = "simulate",
        description = "Runs the simulated exchange, its streams and its paged JSON API, until interrupted.")
final class SimulateCommand implements Runnable {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8190",
            description = "Port on the loopback interface, 0 for a free one (default: ${DEFAULT-VALUE}).")
    int port = 8190;

    @Option(
            names = "--trades-per-second",
            paramLabel = "NUMBER",
            defaultValue = "2",
            description = "Trades of each symbol, a divisor of 1000 (default: ${DEFAULT-VALUE}).")
    int tradesPerSecond = 2;

    @Override
    public void run() {
        try (Interruption interruption = new Interruption();
                SimulatedExchange exchange = SimulatedExchange.start(port, settings())) {
            new Output(spec.commandLine().getOut()).line("simulated exchange is ready at " + exchange.url());
            interruption.await();
        } catch (ChannelBindException e) {
            throw new CommandException(Exit.BAD_INPUT, "port " + port + " is taken; choose another with --port", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ExchangeSettings settings() {
        if (tradesPerSecond < 1 || 1000 % tradesPerSecond != 0) {
            throw new CommandException(Exit.BAD_INPUT, "--trades-per-second must be a divisor of 1000");
        }
        return ExchangeSettings.DEFAULT.withTradesPerSecond(tradesPerSecond);
    }
}
