package io.streamforge.queue.store;

import static io.streamforge.queue.store.Samples.NOW;
import static io.streamforge.queue.store.Samples.audit;
import static io.streamforge.queue.store.Samples.history;
import static io.streamforge.queue.store.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.store.Write.AddAudit;
import io.streamforge.queue.store.Write.AddHistory;
import io.streamforge.queue.store.Write.PutOffsets;
import io.streamforge.queue.store.Write.PutRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store keeps to when several callers, or several servers, use it at once. */
interface SharedStoreContract {

    /** Opens the store of this test; called again, it opens another one on the same data. */
    Store open();

    @Test
    default void shouldLetOneOfManyWritersOfTheSameVersionWin() throws Exception {
        try (Store store = open()) {
            // given
            Run run = run("wf-orders-20260301-000001", "orders", NOW);
            store.write(List.of(new PutRun(run)));

            // when
            List<Integer> won = inParallel(8, writer -> {
                int wins = 0;
                for (int round = 0; round < 10; round++) {
                    Run current = store.run(run.queueId()).orElseThrow();
                    try {
                        store.write(List.of(
                                new PutRun(Samples.moved(current, new RunState.Running(NOW))),
                                new AddHistory(history(run.queueId(), current.version()))));
                        wins++;
                    } catch (StaleWriteException e) {
                        // Somebody else was faster.
                    }
                }
                return wins;
            });

            // then
            int wins = won.stream().mapToInt(Integer::intValue).sum();
            assertThat(store.run(run.queueId()).orElseThrow().version()).isEqualTo(1 + wins);
            assertThat(store.history(run.queueId(), 0, 1000)).hasSize(wins);
            assertThat(wins).isPositive();
        }
    }

    @Test
    default void shouldWriteForManyCallersAtOnceEachSucceedingOrFailingForItself() throws Exception {
        try (Store store = open()) {
            // given
            Run taken = run("wf-taken-20260301-000001", "taken", NOW);
            store.write(List.of(new PutRun(taken)));

            // when
            List<Integer> failures = inParallel(16, caller -> {
                int stale = 0;
                for (int i = 0; i < 10; i++) {
                    Run mine = run("wf-c%02d-20260301-%06d".formatted(caller, i), "mine", NOW);
                    store.write(List.of(new PutRun(mine), new AddAudit(audit("run.create"))));
                    try {
                        store.write(List.of(new AddAudit(audit("never")), new PutRun(taken)));
                    } catch (StaleWriteException e) {
                        stale++;
                    }
                }
                return stale;
            });

            // then
            assertThat(failures).containsOnly(10);
            assertThat(store.runs(new RunFilter("mine", Set.of(), 0, 1)).total())
                    .isEqualTo(160);
            List<AuditEntry> entries = store.audit(Long.MAX_VALUE, 1000);
            assertThat(entries).hasSize(160).allMatch(entry -> entry.action().equals("run.create"));
            assertThat(entries).extracting(AuditEntry::id).doesNotHaveDuplicates();
        }
    }

    @Test
    default void shouldServeTwoServersOnTheSameData() {
        try (Store store = open();
                Store other = open()) {
            // given
            Run run = run("wf-orders-20260301-000001", "orders", NOW);
            other.write(List.of(new PutRun(run)));

            // when, then
            assertThat(store.run(run.queueId())).contains(run);
            assertThatThrownBy(() -> store.write(List.of(new PutRun(run)))).isInstanceOf(StaleWriteException.class);
        }
    }

    @Test
    default void shouldLetTwoServersWriteAtTheSameTime() throws Exception {
        try (Store store = open();
                Store other = open()) {
            // when
            inParallel(4, writer -> {
                for (int i = 0; i < 10; i++) {
                    Store mine = writer % 2 == 0 ? store : other;
                    mine.write(List.of(
                            new AddAudit(audit("run.create")),
                            new PutOffsets("queue-events", Map.of(0, (long) i)),
                            new PutRun(run("wf-s%02d-20260301-%06d".formatted(writer, i), "mine", NOW))));
                }
                return 0;
            });

            // then
            assertThat(store.audit(Long.MAX_VALUE, 1000)).hasSize(40);
            assertThat(store.runs(new RunFilter("mine", Set.of(), 0, 1)).total())
                    .isEqualTo(40);
            assertThat(store.offsets("queue-events")).containsOnlyKeys(0);
        }
    }

    /** @param number of the caller */
    interface Caller {
        int call(int number);
    }

    private static List<Integer> inParallel(int callers, Caller caller)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int number = i;
                calls.add(threads.submit(() -> caller.call(number)));
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> call : calls) {
                results.add(call.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
