package io.streamforge.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster's API server, where it is a process of this machine that {@code API_SERVER_PID} names. */
final class ApiServer {

    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

    private ApiServer() {}

    /** Answers nobody for a while; goes on at once where its process is not known. */
    static void standStill(Duration time) {
        String process = System.getenv("API_SERVER_PID");
        if (process == null) {
            log.atWarn().log("API_SERVER_PID does not say which process the API server is: it is not stopped");
            return;
        }
        signal("STOP", process);
        try {
            Instant until = Instant.now().plus(time);
            await().atMost(time.multipliedBy(2)).until(() -> Instant.now().isAfter(until));
        } finally {
            signal("CONT", process);
        }
    }

    private static void signal(String signal, String process) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, process)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("cannot send " + signal + " to process " + process);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
