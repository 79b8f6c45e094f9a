package io.streamforge.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A {@code streamforge server} process on a free port, and a client of its API. */
final class TestServer implements AutoCloseable {

    private static final String READY = "StreamForge is ready at ";
    private static final String TASK = "-Dstreamforge.task=";

    private final JavaProcess process;
    private final ApiClient api;
    private final String token;

    private TestServer(JavaProcess process, ApiClient api, String token) {
        this.process = process;
        this.api = api;
        this.token = token;
    }

    static TestServer start(Path data, Map<String, String> environment, String... arguments) throws IOException {
        return ready(
                data,
                JavaProcess.streamforge(
                        environment,
                        Files.createDirectories(data),
                        arguments(data, arguments).toArray(String[]::new)));
    }

    /** One that knows what the tests bring along, too, such as a stage of their own. */
    static TestServer startWithTestClasses(Path data, String... arguments) throws IOException {
        return ready(
                data,
                JavaProcess.start(Main.class, Map.of(), Files.createDirectories(data), arguments(data, arguments)));
    }

    private static List<String> arguments(Path data, String... arguments) {
        List<String> all = new ArrayList<>(List.of("server", "--data", data.toString(), "--port", "0"));
        all.addAll(Arrays.asList(arguments));
        return all;
    }

    private static TestServer ready(Path data, JavaProcess process) throws IOException {
        try {
            String ready = process.awaitLine(line -> line.startsWith(READY));
            String token = Files.readString(data.resolve(DataDirectory.TOKEN)).strip();
            return new TestServer(
                    process,
                    new ApiClient(URI.create(ready.substring(READY.length()).strip()), token),
                    token);
        } catch (IOException | RuntimeException | Error e) {
            process.kill();
            throw e;
        }
    }

    ApiClient api() {
        return api;
    }

    String token() {
        return token;
    }

    JavaProcess process() {
        return process;
    }

    /** Posts a workflow and returns the queue id of its first run. */
    String post(String workflow) {
        return new RunView(api.post("/api/v1/workflows", workflow, "application/yaml")
                        .path("run"))
                .queueId();
    }

    RunView run(String queueId) {
        return new RunView(api.get("/api/v1/runs/" + queueId));
    }

    /** Waits until the run has ended in any way. */
    RunView awaitEnd(String queueId, Duration limit) {
        Awaitility.await()
                .atMost(limit)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(CommandException.class)
                .until(() -> run(queueId).ended());
        return run(queueId);
    }

    /** The worker processes of a vertex of a run. */
    static List<ProcessHandle> workers(String queueId, String vertex) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(TASK + queueId + "-" + vertex))
                        .isPresent())
                .toList();
    }

    /** All worker processes of a run. */
    static List<ProcessHandle> workers(String queueId) {
        return workers(queueId, "");
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
