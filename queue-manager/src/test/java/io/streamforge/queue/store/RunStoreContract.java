package io.streamforge.queue.store;

import static io.streamforge.queue.store.Samples.NOW;
import static io.streamforge.queue.store.Samples.audit;
import static io.streamforge.queue.store.Samples.history;
import static io.streamforge.queue.store.Samples.reply;
import static io.streamforge.queue.store.Samples.run;
import static io.streamforge.queue.store.Samples.schema;
import static io.streamforge.queue.store.Samples.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.store.Write.AddAudit;
import io.streamforge.queue.store.Write.AddHistory;
import io.streamforge.queue.store.Write.AddReply;
import io.streamforge.queue.store.Write.AddSchema;
import io.streamforge.queue.store.Write.DeleteWorkflow;
import io.streamforge.queue.store.Write.PutOffsets;
import io.streamforge.queue.store.Write.PutRemnant;
import io.streamforge.queue.store.Write.PutRun;
import io.streamforge.queue.store.Write.PutWorkflow;
import io.streamforge.queue.store.Write.RemoveRemnant;
import io.streamforge.queue.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps to. A store is opened on a database of its own for each test. */
abstract class RunStoreContract implements SharedStoreContract {

    private Store store;

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void shouldReadBackAWorkflowAsItWasWritten() {
        Workflow workflow = workflow("orders-täglich");

        store.write(List.of(new PutWorkflow(workflow)));

        assertThat(store.workflow("orders-täglich")).contains(workflow);
        assertThat(store.workflow("other")).isEmpty();
    }

    @Test
    void shouldReplaceAWorkflowOnlyFromTheVersionBefore() {
        // given
        Workflow first = workflow("orders");
        Workflow second = new Workflow(
                "orders", 2, Map.of("name", "orders", "mode", "streaming"), first.subject(), NOW, NOW.plusSeconds(1));
        store.write(List.of(new PutWorkflow(first)));

        // when
        store.write(List.of(new PutWorkflow(second)));

        // then
        assertThat(store.workflow("orders")).contains(second);
        assertStale(new PutWorkflow(second));
        assertStale(new PutWorkflow(first));
        assertThat(store.workflow("orders")).contains(second);
    }

    @Test
    void shouldDeleteAWorkflowOnlyAtItsVersionAndKeepItsRuns() {
        // given
        Run run = run("wf-orders-20260301-000001", "orders", NOW);
        store.write(List.of(new PutWorkflow(workflow("orders")), new PutRun(run)));

        // when, then
        assertStale(new DeleteWorkflow("orders", 2));
        assertThat(store.workflow("orders")).isPresent();
        store.write(List.of(new DeleteWorkflow("orders", 1)));
        assertThat(store.workflow("orders")).isEmpty();
        assertThat(store.run(run.queueId())).contains(run);
        assertStale(new DeleteWorkflow("orders", 1));
    }

    @Test
    void shouldListWorkflowsFilteredSortedAndInPages() {
        // given
        store.write(List.of(
                new PutWorkflow(workflow("orders-daily", NOW.plusSeconds(2), NOW.plusSeconds(2))),
                new PutWorkflow(workflow("invoices", NOW.plusSeconds(1), NOW.plusSeconds(9))),
                new PutWorkflow(workflow("orders-hourly", NOW, NOW)),
                new PutWorkflow(workflow("percent%", NOW.plusSeconds(3), NOW.plusSeconds(3)))));

        // when, then
        assertThat(workflowNames("", WorkflowFilter.Sort.NAME, false))
                .containsExactly("invoices", "orders-daily", "orders-hourly", "percent%");
        assertThat(workflowNames("", WorkflowFilter.Sort.CREATED_AT, true))
                .containsExactly("percent%", "orders-daily", "invoices", "orders-hourly");
        assertThat(workflowNames("", WorkflowFilter.Sort.UPDATED_AT, false))
                .containsExactly("orders-hourly", "orders-daily", "percent%", "invoices");
        assertThat(workflowNames("ORDERS", WorkflowFilter.Sort.NAME, false))
                .containsExactly("orders-daily", "orders-hourly");
        assertThat(workflowNames("%", WorkflowFilter.Sort.NAME, false)).containsExactly("percent%");
        Page<Workflow> page = store.workflows(new WorkflowFilter("", WorkflowFilter.Sort.NAME, false, 1, 2));
        assertThat(page.items()).extracting(Workflow::name).containsExactly("orders-daily", "orders-hourly");
        assertThat(page.total()).isEqualTo(4);
    }

    @Test
    void shouldReadBackARunAsItWasWritten() {
        Run run = Samples.fullRun("wf-orders-20260301-000001");

        store.write(List.of(new PutRun(run)));

        assertThat(store.run(run.queueId())).contains(run);
        assertThat(store.run("wf-orders-20260301-000002")).isEmpty();
    }

    @Test
    void shouldTellVersionsOfRunsByTheirStates() {
        // given
        Run waiting = run("wf-orders-20260301-000001", "orders", NOW);
        Run moved = Samples.moved(run("wf-orders-20260301-000002", "orders", NOW), new RunState.Scheduled(NOW));
        Run over = Samples.moved(run("wf-orders-20260301-000003", "orders", NOW), new RunState.Stopped(NOW));
        store.write(List.of(
                new PutRun(waiting),
                new PutRun(run(moved.queueId(), "orders", NOW)),
                new PutRun(run(over.queueId(), "orders", NOW))));
        store.write(List.of(new PutRun(moved), new PutRun(over)));

        // when, then
        assertThat(store.versions(RunState.UNDER_WAY))
                .containsOnly(Map.entry(waiting.queueId(), 1L), Map.entry(moved.queueId(), 2L));
        assertThat(store.versions(Set.of("stopped"))).containsOnly(Map.entry(over.queueId(), 2L));
    }

    @Test
    void shouldRefuseARunFromAnOldVersion() {
        // given
        Run first = run("wf-orders-20260301-000001", "orders", NOW);
        Run second = Samples.moved(first, new RunState.Scheduled(NOW));
        store.write(List.of(new PutRun(first)));
        store.write(List.of(new PutRun(second)));

        // when, then
        assertStale(new PutRun(Samples.moved(first, new RunState.Stopped(NOW))));
        assertStale(new PutRun(first));
        assertThat(store.run(first.queueId())).contains(second);
    }

    @Test
    void shouldMakeAllChangesOfAWriteOrNone() {
        // given
        Run run = run("wf-orders-20260301-000001", "orders", NOW);
        store.write(List.of(new PutRun(run), new AddHistory(history(run.queueId(), 1))));
        Run moved = Samples.moved(run, new RunState.Scheduled(NOW));

        // when: the entry's number is taken
        List<Write> changes = List.of(
                new PutRun(moved),
                new AddAudit(audit("run.start")),
                new PutOffsets("queue-events", Map.of(0, 7L)),
                new AddReply(reply("key-1")),
                new AddSchema(schema(1, "orders-source-value", 1, "\"string\"")),
                new PutWorkflow(workflow("orders")),
                new AddHistory(history(run.queueId(), 1)));

        // then
        assertThatThrownBy(() -> store.write(changes))
                .isInstanceOf(StaleWriteException.class)
                .hasMessageContaining(run.queueId());
        assertThat(store.run(run.queueId())).contains(run);
        assertThat(store.audit(Long.MAX_VALUE, 10)).isEmpty();
        assertThat(store.offsets("queue-events")).isEmpty();
        assertThat(store.reply("key-1")).isEmpty();
        assertThat(store.schemas()).isEmpty();
        assertThat(store.workflow("orders")).isEmpty();
    }

    @Test
    void shouldListRunsNewestFirstByWorkflowAndState() {
        // given
        Run oldest = run("wf-orders-20260301-000001", "orders", NOW);
        Run middle = run("wf-orders-20260301-000002", "orders", NOW.plusSeconds(1));
        Run other = run("wf-invoices-20260301-000003", "invoices", NOW.plusSeconds(2));
        Run twin = run("wf-orders-20260301-000004", "orders", NOW.plusSeconds(1));
        store.write(List.of(new PutRun(oldest), new PutRun(middle), new PutRun(other), new PutRun(twin)));
        store.write(List.of(new PutRun(Samples.moved(middle, new RunState.Scheduled(NOW)))));

        // when, then
        assertThat(queueIds(new RunFilter(null, Set.of(), 0, 100)))
                .containsExactly(other.queueId(), twin.queueId(), middle.queueId(), oldest.queueId());
        assertThat(queueIds(new RunFilter("orders", Set.of(), 0, 100)))
                .containsExactly(twin.queueId(), middle.queueId(), oldest.queueId());
        assertThat(queueIds(new RunFilter("orders", Set.of("scheduled", "running"), 0, 100)))
                .containsExactly(middle.queueId());
        assertThat(queueIds(new RunFilter(null, Set.of("pending"), 1, 1))).containsExactly(twin.queueId());
        assertThat(store.runs(new RunFilter(null, Set.of("pending"), 1, 1)).total())
                .isEqualTo(3);
        assertThat(store.runs(new RunFilter("none", Set.of(), 0, 1)).items()).isEmpty();
    }

    @Test
    void shouldFindTheRunsThatAreDueEarliestFirst() {
        // given
        Run later = Samples.due(run("wf-orders-20260301-000001", "orders", NOW), NOW.plusSeconds(5));
        Run now = Samples.due(run("wf-orders-20260301-000002", "orders", NOW), NOW);
        Run earlier = Samples.due(run("wf-orders-20260301-000003", "orders", NOW), NOW.minusNanos(1));
        Run never = Samples.due(run("wf-orders-20260301-000004", "orders", NOW), null);
        store.write(List.of(new PutRun(later), new PutRun(now), new PutRun(earlier), new PutRun(never)));

        // when, then
        assertThat(store.due(NOW, 10)).containsExactly(earlier, now);
        assertThat(store.due(NOW, 1)).containsExactly(earlier);
        assertThat(store.due(NOW.plusSeconds(60), 10)).containsExactly(earlier, now, later);
    }

    @Test
    void shouldKeepEveryTransitionOfARun() {
        // given
        List<HistoryEntry> entries = IntStream.rangeClosed(1, 250)
                .mapToObj(number -> history("wf-orders-20260301-000001", number))
                .toList();
        store.write(entries.stream().<Write>map(AddHistory::new).toList());
        store.write(List.of(new AddHistory(history("wf-orders-20260301-000002", 1))));

        // when, then
        assertThat(store.history("wf-orders-20260301-000001", 0, 1000)).isEqualTo(entries);
        assertThat(store.history("wf-orders-20260301-000001", 240, 3)).isEqualTo(entries.subList(240, 243));
        assertThat(store.history("wf-none-20260301-000001", 0, 10)).isEmpty();
    }

    @Test
    void shouldNumberAuditEntriesAndListThemNewestFirst() {
        // given
        store.write(List.of(new AddAudit(audit("workflow.create")), new AddAudit(audit("run.start"))));
        store.write(List.of(new AddAudit(audit("run.stop"))));

        // when
        List<AuditEntry> all = store.audit(Long.MAX_VALUE, 10);

        // then
        assertThat(all).extracting(AuditEntry::action).containsExactly("run.stop", "run.start", "workflow.create");
        assertThat(all.get(0).details()).isEqualTo(audit("run.stop").details());
        assertThat(all.get(0).id()).isGreaterThan(all.get(1).id());
        assertThat(store.audit(all.get(0).id(), 1)).containsExactly(all.get(1));
    }

    @Test
    void shouldTakeAnIdempotencyKeyOnceAndForgetItInTime() {
        // given
        IdempotentReply reply = reply("a key with spaces, ümlauts / and slashes");
        store.write(List.of(new AddReply(reply)));

        // when, then
        assertThat(store.reply(reply.key())).contains(reply);
        assertStale(new AddReply(reply));
        store.forgetReplies(reply.at());
        assertThat(store.reply(reply.key())).isPresent();
        store.forgetReplies(reply.at().plusNanos(1));
        assertThat(store.reply(reply.key())).isEmpty();
    }

    @Test
    void shouldGiveASchemaOneIdAndAnIdOneSchema() {
        // given
        RegisteredSchema first = schema(1, "orders-source-value", 1, "\"string\"");
        RegisteredSchema sameSchema = schema(1, "invoices-source-value", 1, "\"string\"");
        RegisteredSchema next = schema(2, "orders-source-value", 2, "\"long\"");
        store.write(List.of(new AddSchema(first), new AddSchema(next)));
        store.write(List.of(new AddSchema(sameSchema)));

        // when, then
        assertThat(store.schemas()).containsExactly(sameSchema, first, next);
        assertStale(new AddSchema(schema(3, "orders-source-value", 2, "\"int\"")));
        assertStale(new AddSchema(schema(2, "orders-source-value", 3, "\"int\"")));
        assertStale(new AddSchema(schema(4, "orders-source-value", 3, "\"long\"")));
        assertThat(store.schemas()).hasSize(3);
    }

    @Test
    void shouldKeepWhatADeletedWorkflowHasLeftUntilItIsRemoved() {
        // given
        Remnant orders = new Remnant("orders", Map.of("name", "orders", "mode", "streaming"));
        Remnant again = new Remnant("orders", Map.of("name", "orders", "mode", "batch"));
        Remnant invoices = new Remnant("invoices", Map.of("name", "invoices"));

        // when
        store.write(List.of(new PutRemnant(orders), new PutRemnant(invoices), new PutRemnant(again)));

        // then
        assertThat(store.remnants()).containsExactly(invoices, again);

        // when
        store.write(List.of(new RemoveRemnant("orders"), new RemoveRemnant("orders")));

        // then
        assertThat(store.remnants()).containsExactly(invoices);
    }

    @Test
    void shouldKeepOffsetsPerTopicAndPartition() {
        store.write(List.of(new PutOffsets("queue-events", Map.of(0, 10L, 1, 20L))));
        store.write(List.of(new PutOffsets("queue-events", Map.of(1, 21L, 2, 5_000_000_000L))));

        assertThat(store.offsets("queue-events")).isEqualTo(Map.of(0, 10L, 1, 21L, 2, 5_000_000_000L));
        assertThat(store.offsets("other")).isEmpty();
    }

    @Test
    void shouldFindEverythingAgainAfterItWasClosed() {
        // given
        Run run = Samples.fullRun("wf-orders-20260301-000001");
        store.write(List.of(new PutRun(run), new PutOffsets("queue-events", Map.of(0, 1L))));

        // when
        store.close();
        store = open();

        // then
        assertThat(store.run(run.queueId())).contains(run);
        assertThat(store.offsets("queue-events")).isEqualTo(Map.of(0, 1L));
    }

    private void assertStale(Write change) {
        assertThatThrownBy(() -> store.write(List.of(change))).isInstanceOf(StaleWriteException.class);
    }

    private List<String> workflowNames(String contains, WorkflowFilter.Sort sort, boolean descending) {
        return store.workflows(new WorkflowFilter(contains, sort, descending, 0, 100)).items().stream()
                .map(Workflow::name)
                .toList();
    }

    private List<String> queueIds(RunFilter filter) {
        return store.runs(filter).items().stream().map(Run::queueId).toList();
    }
}
