package io.streamforge.standalone;

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
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO))
                .setParameterExceptionHandler(Main::badUsage)
                .setExecutionExceptionHandler(Main::failure)
                .execute(args);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int badUsage(ParameterException problem, String[] args) {
        PrintWriter err = problem.getCommandLine().getErr();
        err.println("streamforge: " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("Try 'streamforge " + problem.getCommandLine().getCommandName() + " --help'.");
        return Exit.BAD_INPUT;
    }

    private static int failure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr()
                .println("streamforge: " + (failure instanceof CommandException ? failure.getMessage() : failure));
        return failure instanceof CommandException expected ? expected.exitCode() : Exit.INTERNAL;
    }
}
