package io.streamforge.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Commands as docs/kubernetes.md shows them, in a directory that has what they name of the project. The namespace they name stands for the one of
 * the test.
 *
 * @param directory is the commands' own
 */
record Shell(Path directory, String namespace) {

    private static final String SHOWN = "streamforge";
    private static final int PATIENCE_MINUTES = 5;

    static Shell in(String namespace) {
        try {
            Path directory = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "shell-");
            for (String name : List.of("helm", "k8s")) {
                Files.createSymbolicLink(
                        directory.resolve(name), Path.of("..", name).toRealPath());
            }
            return new Shell(directory, namespace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the command printed; it has to succeed. */
    String run(String command) {
        String here = command.replace("-n " + SHOWN, "-n " + namespace)
                .replace("namespace " + SHOWN, "namespace " + namespace);
        try {
            Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", here)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(here + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
