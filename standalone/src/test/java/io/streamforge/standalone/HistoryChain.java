package io.streamforge.standalone;

import io.streamforge.standalone.ChainProcesses.Victim;
import io.streamforge.testing.SqlDatabase;
import io.streamforge.testing.TcpProxy;
import io.streamforge.testing.history.HistoryChecker;
import io.streamforge.testing.history.HistoryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A replication of a {@link HistoryWriter}'s load, in processes that can be killed, over a network that can be cut, and judged all the
 * time: no key and no commit goes backwards at the target.
 */
final class HistoryChain implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int OLD_ROWS = 2_000;
    private static final int THREADS = 3;
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final SqlDatabase source;
    private final SqlDatabase target;
    private final TcpProxy network;
    private final ChainProcesses processes;
    private final HistoryChecker checker;
    private final HistoryWriter writer;
    private final String workflow;
    private final String queueId;

    HistoryChain(Path data, HistoryServer from, HistoryServer to) throws IOException {
        source = from.newDatabase();
        target = to.newDatabase();
        source.execute(HistoryWriter.create());
        HistoryWriter.writeOldRows(source::connect, OLD_ROWS);
        network = new TcpProxy(from.port());
        writer = new HistoryWriter(source::connect).start(THREADS, 11, PAUSE);
        checker = new HistoryChecker(target::connect);
        processes = new ChainProcesses(data);
        workflow = data.getFileName().toString();
        queueId = processes.post(definition(from, to));
    }

    private String definition(HistoryServer from, HistoryServer to) {
        String url = source.url().replace(":" + from.port() + "/", ":" + network.port() + "/");
        return new Replication(from, source, to, target).workflow(workflow, url, ", chunk_rows: 200");
    }

    /** What a database does to a replication. */
    @FunctionalInterface
    interface Fault {

        void strike() throws Exception;
    }

    SqlDatabase source() {
        return source;
    }

    void strike(Victim victim) throws IOException {
        processes.strike(victim);
        awaitProgress();
    }

    void strike(Fault fault) throws Exception {
        fault.strike();
        awaitProgress();
    }

    void cut(Duration time) {
        network.cut();
        Awaitility.await().atMost(time.multipliedBy(2)).pollDelay(time).until(() -> true);
        network.restore();
        awaitProgress();
    }

    /** What is committed from now on reaches the target. */
    void awaitProgress() {
        long commits = writer.commits();
        awaiting().until(() -> checker.look() > commits);
    }

    /** Its tables may not be there yet, and the target itself may be away. */
    private static ConditionFactory awaiting() {
        return Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(POLL)
                .ignoreExceptionsInstanceOf(IllegalStateException.class);
    }

    /** The load ends, and the target becomes what the source is. */
    void requireEqual() {
        writer.stop();
        awaiting().until(() -> {
            checker.look();
            return checker.equal(source::connect);
        });
    }

    /** Deletes the workflow, whose run has not ended. */
    void delete() throws Exception {
        new Curl(processes.server()).delete("/api/v1/workflows/" + workflow);
        Awaitility.await().atMost(LIMIT).until(() -> TestServer.workers(queueId).isEmpty());
    }

    @Override
    public void close() throws Exception {
        writer.close();
        processes.close();
        network.close();
    }
}
