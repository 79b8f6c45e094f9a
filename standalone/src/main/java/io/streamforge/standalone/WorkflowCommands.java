package io.streamforge.standalone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code streamforge start|stop|pause|resume|retry WORKFLOW}. */
final class WorkflowCommands {

    private WorkflowCommands() {}

    /** What the five commands share: a workflow and the server it lives on. */
    static final class Target {

        @Mixin
        Remote remote = new Remote();

        @Parameters(paramLabel = "WORKFLOW", description = "Name of a workflow.")
        String workflow = "";

        @Option(names = "--json", description = "Print JSON for programs.")
        boolean json;

        void tell(String action, CommandSpec spec) {
            JsonNode answer = remote.connect().post("/api/v1/workflows/" + ApiClient.encode(workflow) + "/" + action);
            Output out = new Output(spec.commandLine().getOut());
            if (json) {
                out.prettyJson(answer);
            } else {
                RunView run = new RunView(answer);
                out.line((run.queueId() + " " + run.state() + " " + run.reason()).strip());
            }
        }
    }

    @Command(name = "start", description = "Starts a run of a workflow.")
    static final class Start implements Runnable {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        Target target = new Target();

        @Option(
                names = "--from",
                paramLabel = "last|fresh",
                description = "Go on where the last run ended (the default), or read the source from its beginning.")
        @Nullable String from;

        @Override
        public void run() {
            target.tell(from == null ? "start" : "start?from=" + ApiClient.encode(from), spec);
        }
    }

    @Command(name = "stop", description = "Stops the run of a workflow; what is committed stays.")
    static final class Stop implements Runnable {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        Target target = new Target();

        @Override
        public void run() {
            target.tell("stop", spec);
        }
    }

    @Command(name = "pause", description = "Pauses the run of a workflow.")
    static final class Pause implements Runnable {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        Target target = new Target();

        @Override
        public void run() {
            target.tell("pause", spec);
        }
    }

    @Command(name = "resume", description = "Resumes the paused run of a workflow.")
    static final class Resume implements Runnable {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        Target target = new Target();

        @Override
        public void run() {
            target.tell("resume", spec);
        }
    }

    @Command(name = "retry", description = "Starts the failed run of a workflow again where it stood.")
    static final class Retry implements Runnable {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        Target target = new Target();

        @Override
        public void run() {
            target.tell("retry", spec);
        }
    }
}
