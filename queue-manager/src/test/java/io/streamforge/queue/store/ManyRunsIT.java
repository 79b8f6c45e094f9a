package io.streamforge.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queue.run.RunState;
import io.streamforge.queue.store.Write.PutRun;
import io.streamforge.queue.store.jdbc.SqliteStoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists and the reconciler's question stay quick when there are many runs. */
class ManyRunsIT {

    private static final Logger LOG = LoggerFactory.getLogger(ManyRunsIT.class);
    private static final int RUNS = 20_000;
    private static final int CALLS = 20;
    private static final Duration LIMIT = Duration.ofMillis(250);

    @TempDir
    Path directory;

    @Test
    void shouldStayQuickWithManyRuns() {
        try (Store store = new SqliteStoreProvider().open("sqlite:" + directory.resolve("metadata.db"), Map.of())) {
            // given
            store.write(
                    IntStream.range(0, RUNS).<Write>mapToObj(ManyRunsIT::ended).toList());

            // when, then
            RunFilter page = new RunFilter("orders", Set.of("completed", "failed"), 0, 50);
            assertThat(store.runs(page).total()).isEqualTo(RUNS / 2);
            assertQuick("runs", () -> store.runs(page));
            assertQuick("last page", () -> store.runs(new RunFilter(null, Set.of(), RUNS - 50, 50)));
            assertQuick("due", () -> store.due(Samples.NOW, 100));
            assertQuick("one run", () -> store.run("wf-orders-20260301-000010"));
        }
    }

    private static PutRun ended(int number) {
        String workflow = number % 2 == 0 ? "orders" : "invoices";
        String queueId = "wf-%s-20260301-%06d".formatted(workflow, number);
        return new PutRun(Samples.due(
                Samples.in(
                        Samples.run(queueId, workflow, Samples.NOW.plusSeconds(number)),
                        new RunState.Completed(Samples.NOW)),
                null));
    }

    private static void assertQuick(String what, Runnable call) {
        call.run();
        long start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        Duration each = Duration.ofNanos((System.nanoTime() - start) / CALLS);
        LOG.atInfo()
                .addKeyValue("call", what)
                .addKeyValue("runs", RUNS)
                .addKeyValue("micros", each.toNanos() / 1000)
                .log("measured");
        assertThat(each).as(what).isLessThan(LIMIT);
    }
}
