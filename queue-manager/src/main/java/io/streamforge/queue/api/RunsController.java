package io.streamforge.queue.api;

import io.streamforge.queue.run.HistoryEntry;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import io.streamforge.queue.workflow.Replays;
import io.streamforge.queue.workflow.RunCommands;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code /api/v1/runs}. */
@RestController
@RequestMapping("/api/v1/runs")
class RunsController {

    private static final Duration POLL = Duration.ofMillis(300);
    private static final int MAX_PAGE = 1000;

    private final RunCommands commands;
    private final Replays replays;
    private final RunViews views;
    private final Store store;
    private final RunLogs logs;
    private final DeadLetterPages deadLetters;

    RunsController(
            RunCommands commands,
            Replays replays,
            RunViews views,
            Store store,
            RunLogs logs,
            DeadLetterPages deadLetters) {
        this.commands = commands;
        this.replays = replays;
        this.views = views;
        this.store = store;
        this.logs = logs;
        this.deadLetters = deadLetters;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ListView<RunView> list(
            @RequestParam(required = false) @Nullable String workflow,
            @RequestParam(required = false) @Nullable Set<String> state,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int limit) {
        Set<String> states = state == null ? Set.of() : state;
        Queries.requireStates(states, RunState.NAMES);
        return Queries.checked(
                () -> ListView.of(store.runs(new RunFilter(workflow, states, offset, limit)), views::of));
    }

    @GetMapping(path = "/{queueId}", produces = MediaType.APPLICATION_JSON_VALUE)
    RunView get(@PathVariable String queueId) {
        return views.of(commands.requireRun(Queries.run(queueId)));
    }

    @PostMapping(path = "/{queueId}/stop", produces = MediaType.APPLICATION_JSON_VALUE)
    RunView stop(@PathVariable String queueId) {
        return command(queueId, UserCommand.STOP);
    }

    @PostMapping(path = "/{queueId}/pause", produces = MediaType.APPLICATION_JSON_VALUE)
    RunView pause(@PathVariable String queueId) {
        return command(queueId, UserCommand.PAUSE);
    }

    @PostMapping(path = "/{queueId}/resume", produces = MediaType.APPLICATION_JSON_VALUE)
    RunView resume(@PathVariable String queueId) {
        return command(queueId, UserCommand.RESUME);
    }

    @PostMapping(path = "/{queueId}/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    RunView retry(@PathVariable String queueId) {
        return command(queueId, UserCommand.RETRY);
    }

    private RunView command(String queueId, UserCommand command) {
        return views.of(commands.command(Queries.run(queueId), command, Actors.ADMIN));
    }

    @GetMapping(path = "/{queueId}/events", produces = MediaType.APPLICATION_JSON_VALUE)
    List<HistoryView> events(
            @PathVariable String queueId,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "1000") int limit) {
        commands.requireRun(Queries.run(queueId));
        if (limit < 1 || limit > MAX_PAGE) {
            throw new RefusedException(Reason.INVALID, "PARAMETER", "limit is 1 to " + MAX_PAGE);
        }
        return store.history(queueId, after, limit).stream()
                .map(HistoryView::of)
                .toList();
    }

    /** The same as server-sent events: those so far, then each as it comes, until the run has ended. */
    @GetMapping(path = "/{queueId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<HistoryView>> follow(
            @PathVariable String queueId,
            @RequestParam(defaultValue = "0") long after,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastEventId) {
        AtomicLong last = new AtomicLong(lastEventId == null ? after : lastEventId);
        return Mono.fromCallable(() -> next(Queries.run(queueId), last))
                .subscribeOn(Schedulers.boundedElastic())
                .repeatWhen(done -> done.delayElements(POLL))
                .takeUntil(Batch::finished)
                .concatMapIterable(Batch::entries)
                .map(entry -> ServerSentEvent.builder(HistoryView.of(entry))
                        .id(Long.toString(entry.number()))
                        .build());
    }

    private record Batch(List<HistoryEntry> entries, boolean finished) {}

    private Batch next(String queueId, AtomicLong last) {
        boolean ended = commands.requireRun(queueId).state().ended();
        List<HistoryEntry> entries = store.history(queueId, last.get(), MAX_PAGE);
        if (!entries.isEmpty()) {
            last.set(entries.get(entries.size() - 1).number());
        }
        return new Batch(entries, ended && entries.size() < MAX_PAGE);
    }

    /** What the workers have logged; with {@code follow} until the run has ended. */
    @GetMapping(path = "/{queueId}/logs", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    Flux<String> logs(
            @PathVariable String queueId,
            @RequestParam(required = false) @Nullable String vertex,
            @RequestParam(defaultValue = "false") boolean follow) {
        return Mono.fromCallable(() -> commands.requireRun(Queries.run(queueId)))
                .subscribeOn(Schedulers.boundedElastic())
                .thenMany(Flux.defer(() -> logs.read(
                        queueId,
                        vertex,
                        () -> follow && !commands.requireRun(queueId).state().ended())));
    }

    /** Writes the rejected rows again, by a run of their own. */
    @PostMapping(path = "/{queueId}/dead-letters/replay", produces = MediaType.APPLICATION_JSON_VALUE)
    RunView replay(@PathVariable String queueId) {
        return views.of(replays.replay(Queries.run(queueId), Actors.ADMIN));
    }

    @GetMapping(path = "/{queueId}/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
    ListView<DeadLetterView> deadLetters(
            @PathVariable String queueId,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int limit) {
        commands.requireRun(Queries.run(queueId));
        return Queries.checked(() -> deadLetters.page(queueId, new RunFilter(null, Set.of(), offset, limit)));
    }
}
