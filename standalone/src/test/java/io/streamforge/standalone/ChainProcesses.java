package io.streamforge.standalone;

import io.streamforge.broker.BrokerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** Broker, server and workers, each a process of its own that can be killed. */
final class ChainProcesses implements AutoCloseable {

    private final Path data;
    private final boolean testClasses;
    private int brokerPort;
    private JavaProcess broker;
    private TestServer server;
    private final List<String> queueIds = new ArrayList<>();

    ChainProcesses(Path data) throws IOException {
        this(data, false);
    }

    /** @param testClasses whether server and workers know what the tests bring along */
    ChainProcesses(Path data, boolean testClasses) throws IOException {
        this.data = Files.createDirectories(data);
        this.testClasses = testClasses;
        startBroker();
        startServer();
    }

    enum Victim {
        LOADER,
        STAGE,
        SINK,
        QUEUE_MANAGER,
        BROKER
    }

    /** Posts a workflow whose workers are struck from now on, and returns the queue id of its first run. */
    String post(String workflow) {
        String queueId = server.post(workflow);
        queueIds.add(queueId);
        return queueId;
    }

    /** Kills a process with SIGKILL; what nobody else brings back is started again. */
    void strike(Victim victim) throws IOException {
        kill(victim);
        revive(Set.of(victim));
    }

    /** Kills one right after the other, the second while the first is still away. */
    void strike(Victim first, Victim second) throws IOException {
        kill(first);
        if (second == first) {
            revive(Set.of(first));
        }
        kill(second);
        revive(EnumSet.of(first, second));
    }

    private void kill(Victim victim) {
        switch (victim) {
            case LOADER -> killWorkers("source");
            case STAGE -> killWorkers("rolling", "graph");
            case SINK -> killWorkers("sink");
            case QUEUE_MANAGER -> server.process().kill();
            case BROKER -> broker.kill();
        }
    }

    private void revive(Set<Victim> killed) throws IOException {
        if (killed.contains(Victim.BROKER)) {
            startBroker();
        }
        if (killed.contains(Victim.QUEUE_MANAGER)) {
            startServer();
        }
    }

    TestServer server() {
        return server;
    }

    private void startBroker() throws IOException {
        broker = JavaProcess.start(
                BrokerMain.class,
                Map.of(),
                data,
                List.of(data.resolve("broker").toString(), String.valueOf(brokerPort)));
        String ready = broker.awaitLine(line -> line.startsWith("broker ready at "));
        brokerPort =
                Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1).strip());
    }

    void startServer() throws IOException {
        Path own = data.resolve("server");
        String[] options = {"--broker", "127.0.0.1:" + brokerPort, "--launcher", "process"};
        server = testClasses ? TestServer.startWithTestClasses(own, options) : TestServer.start(own, Map.of(), options);
    }

    /** Waits for one of them, so that a blow that meets nobody is none. */
    private void killWorkers(String... vertices) {
        List<ProcessHandle> victims = Awaitility.await("workers to kill")
                .until(
                        () -> queueIds.stream()
                                .flatMap(queueId -> Arrays.stream(vertices)
                                        .flatMap(vertex -> TestServer.workers(queueId, vertex).stream()))
                                .toList(),
                        found -> !found.isEmpty());
        victims.forEach(ProcessHandle::destroyForcibly);
        victims.forEach(victim -> victim.onExit().join());
    }

    @Override
    public void close() throws Exception {
        server.close();
        queueIds.forEach(queueId -> TestServer.workers(queueId).forEach(ProcessHandle::destroyForcibly));
        broker.close();
    }
}
