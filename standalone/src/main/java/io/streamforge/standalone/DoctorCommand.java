package io.streamforge.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code streamforge doctor}: what is there, what is missing, what to do about it. */
@Command(name = "doctor", description = "Checks this machine, the data directory and the server.")
final class DoctorCommand implements Callable<Integer> {

    private static final long GIB = 1L << 30;
    private static final int RECOMMENDED_FREE_GIB = 2;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    Remote remote = new Remote();

    private enum Verdict {
        OK,
        NOTE,
        BAD
    }

    private record Finding(Verdict verdict, String what, String text) {}

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(dataDirectory());
        findings.add(loopback());
        findings.add(server());
        findings.add(docker());
        findings.add(cluster());
        Output out = new Output(spec.commandLine().getOut());
        out.table(
                List.of("", "check", "finding"),
                findings.stream()
                        .map(one -> List.of(one.verdict().name().toLowerCase(Locale.ROOT), one.what(), one.text()))
                        .toList());
        return findings.stream().anyMatch(one -> one.verdict() == Verdict.BAD) ? Exit.RUN_FAILED : Exit.OK;
    }

    private static Finding java() {
        Runtime.Version version = Runtime.version();
        return new Finding(
                version.feature() >= 17 ? Verdict.OK : Verdict.BAD,
                "java",
                version + " at " + System.getProperty("java.home"));
    }

    private static Finding memory() {
        Runtime runtime = Runtime.getRuntime();
        return new Finding(
                Verdict.OK,
                "machine",
                runtime.availableProcessors() + " processors, heap of this command up to "
                        + runtime.maxMemory() / (1 << 20) + " MiB (STREAMFORGE_MEMORY)");
    }

    private Finding dataDirectory() {
        Path directory = remote.data.toAbsolutePath();
        Path existing = directory;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing)) {
            return new Finding(
                    Verdict.BAD, "data directory", directory + " cannot be written; choose another with --data");
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace() / GIB;
            String text = directory + (existing.equals(directory) ? "" : " (not made yet)") + ", " + free + " GiB free";
            return free < RECOMMENDED_FREE_GIB
                    ? new Finding(
                            Verdict.BAD, "data directory", text + "; at least " + RECOMMENDED_FREE_GIB + " are needed")
                    : new Finding(Verdict.OK, "data directory", text);
        } catch (IOException e) {
            return new Finding(Verdict.BAD, "data directory", directory + ": " + e.getMessage());
        }
    }

    private static Finding loopback() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new Finding(Verdict.OK, "loopback", socket.getInetAddress().getHostAddress() + " takes connections");
        } catch (IOException e) {
            return new Finding(Verdict.BAD, "loopback", "no port can be bound: " + e.getMessage());
        }
    }

    private Finding server() {
        try {
            JsonNode health = remote.connect().get("/actuator/health/readiness");
            return new Finding(
                    Verdict.OK,
                    "server",
                    remote.server + " is " + health.path("status").asString("?"));
        } catch (CommandException e) {
            return new Finding(Verdict.NOTE, "server", "none at " + remote.server + " (streamforge server starts one)");
        }
    }

    private static Finding docker() {
        boolean present = Files.exists(Path.of("/var/run/docker.sock"));
        return new Finding(
                Verdict.NOTE,
                "docker",
                present ? "socket found" : "none; only tests against other systems would use it");
    }

    private static Finding cluster() {
        String config = System.getenv("KUBECONFIG");
        return new Finding(
                Verdict.NOTE,
                "kubernetes",
                config == null || config.isBlank() ? "KUBECONFIG is not set; workers run on this machine" : config);
    }
}
