package io.streamforge.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code streamforge logs RUN [-f]}. */
@Command(name = "logs", description = "Prints what the workers of a run have logged.")
final class LogsCommand implements Runnable {

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    Remote remote = new Remote();

    @Parameters(paramLabel = "RUN", description = "Queue id of a run.")
    String run = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run has ended.")
    boolean follow;

    @Override
    public void run() {
        String path = "/api/v1/runs/" + ApiClient.encode(run) + "/logs" + (follow ? "?follow=true" : "");
        PrintWriter out = spec.commandLine().getOut();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(remote.connect().stream(path), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                out.println(line);
            }
            out.flush();
        } catch (IOException e) {
            throw new CommandException(Exit.INTERNAL, "the connection to the server was cut: " + e.getMessage(), e);
        }
    }
}
