package io.streamforge.worker;

import io.streamforge.connector.Catalog;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker as a process. It is configured by the environment ({@link WorkerEnvironment}) and exits with an {@link ExitCode};
 * on SIGTERM it commits what it can, says that it has stopped, and exits with 0.
 */
public final class WorkerMain {

    private static final Logger log = LoggerFactory.getLogger(WorkerMain.class);
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(5);

    private WorkerMain() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        WorkerLog.configure(environment);
        System.exit(run(environment).code());
    }

    private static ExitCode run(Map<String, String> environment) {
        try {
            WorkerSettings settings = WorkerEnvironment.settings(environment);
            OptionalInt port = WorkerEnvironment.healthPort(environment);
            Worker worker = new Worker(settings, Catalog.load());
            try (@Nullable HealthServer health = port.isPresent() ? HealthServer.start(port.getAsInt(), worker) : null) {
                if (health != null) {
                    log.atInfo().addKeyValue("port", health.port()).log("health is served");
                }
                worker.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(worker, settings), "worker-stop"));
                return worker.result().join().exitCode();
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            log.atError().setCause(e).log("worker cannot start");
            return ExitCode.FATAL;
        }
    }

    /** Runs on SIGTERM, and harmlessly when the worker has ended by itself. */
    private static void end(Worker worker, WorkerSettings settings) {
        if (worker.result().isDone()) {
            return;
        }
        worker.stop();
        try {
            long patience =
                    settings.tuning().stopDeadline().plus(AFTER_DEADLINE).toMillis();
            ExitCode code = worker.result().get(patience, TimeUnit.MILLISECONDS).exitCode();
            // Otherwise the process would exit with the signal's number.
            Runtime.getRuntime().halt(code.code());
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            log.atError().setCause(e).log("worker did not stop");
        }
    }
}
