package io.streamforge.standalone;

import io.streamforge.connector.Suggestions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point of the {@code streamforge} command. */
@Command(
        name = "streamforge",
        description = "Runs data workflows: on this machine with embedded parts, or on a server elsewhere.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.LOCAL,
        subcommands = {
            DemoCommand.class,
            ServerCommand.class,
            RunCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            ConnectorsCommand.class,
            RunsCommand.class,
            TopCommand.class,
            LogsCommand.class,
            WorkflowCommands.Start.class,
            WorkflowCommands.Stop.class,
            WorkflowCommands.Pause.class,
            WorkflowCommands.Resume.class,
            WorkflowCommands.Retry.class,
            DeadLettersCommand.class,
            RecordsCommand.class,
            SimulateCommand.class,
            DoctorCommand.class,
            Version.PrintCommand.class
        })
public final class Main implements Runnable {

    @Spec
    CommandSpec spec;

    private Main() {
        spec = CommandSpec.create();
    }

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return commandLine(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
                .setParameterExceptionHandler(Main::badUsage)
                .setExecutionExceptionHandler(Main::failure);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int badUsage(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("streamforge: " + problem.getMessage() + optionGuess(problem, command));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return Exit.BAD_INPUT;
    }

    private static String optionGuess(ParameterException problem, CommandLine command) {
        if (!(problem instanceof CommandLine.UnmatchedArgumentException unmatched)) {
            return "";
        }
        return unmatched.getUnmatched().stream()
                .filter(argument -> argument.startsWith("--"))
                .findFirst()
                .flatMap(argument -> Suggestions.closest(
                        argument, command.getCommandSpec().optionsMap().keySet()))
                .map(option -> "; did you mean '" + option + "'?")
                .orElse("");
    }

    private static int failure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr()
                .println("streamforge: " + (failure instanceof CommandException ? failure.getMessage() : failure));
        return failure instanceof CommandException expected ? expected.exitCode() : Exit.INTERNAL;
    }
}
