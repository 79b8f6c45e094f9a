package io.streamforge.queue.api;

import io.streamforge.messages.Json;
import io.streamforge.messages.Task.From;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.RunState;
import io.streamforge.queue.run.UserCommand;
import io.streamforge.queue.store.RunFilter;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.store.WorkflowFilter;
import io.streamforge.queue.trace.Tracing;
import io.streamforge.queue.workflow.NewRuns.Wish;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import io.streamforge.queue.workflow.RunCommands;
import io.streamforge.queue.workflow.Workflow;
import io.streamforge.queue.workflow.Workflows;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/workflows}. */
@RestController
@RequestMapping(path = "/api/v1/workflows", produces = MediaType.APPLICATION_JSON_VALUE)
class WorkflowsController {

    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");
    private static final String PATH = "/api/v1/workflows/";
    /** Header of W3C Trace Context. */
    private static final String TRACE = "traceparent";

    private static final int CREATED = HttpStatus.CREATED.value();

    private final Workflows workflows;
    private final RunCommands commands;
    private final RunViews views;
    private final Store store;
    private final Idempotency idempotency;
    private final Tracing tracing;

    WorkflowsController(
            Workflows workflows,
            RunCommands commands,
            RunViews views,
            Store store,
            Idempotency idempotency,
            Tracing tracing) {
        this.workflows = workflows;
        this.commands = commands;
        this.views = views;
        this.store = store;
        this.idempotency = idempotency;
        this.tracing = tracing;
    }

    @PostMapping
    ResponseEntity<byte[]> create(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestParam(defaultValue = "true") boolean start,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable Integer priority,
            @RequestParam(required = false) @Nullable List<String> set,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = TRACE, required = false) @Nullable String traceparent,
            ServerHttpRequest request) {
        Wish wish = start ? wish(from, priority) : null;
        var repeatable = idempotency.request(key, "POST", request.getURI().getRawPath() + query(request), body);
        return tracing.request(
                "POST /api/v1/workflows",
                traceparent,
                span -> idempotency.once(repeatable, () -> {
                    var created = workflows.create(
                            RequestText.of(body),
                            RequestText.parameters(set),
                            wish == null ? null : wish.tracedBy(span),
                            Actors.ADMIN,
                            made -> idempotency.remember(repeatable, CREATED, location(made), view(made)));
                    return Idempotency.answer(
                            CREATED, location(created), Json.MAPPER.writeValueAsString(view(created)));
                }));
    }

    private static String query(ServerHttpRequest request) {
        String query = request.getURI().getRawQuery();
        return query == null ? "" : "?" + query;
    }

    private static String location(Workflows.Created created) {
        return PATH + created.workflow().name();
    }

    private static WorkflowView view(Workflows.Created created) {
        Run run = created.run();
        return WorkflowView.of(created.workflow(), run == null ? null : fresh(run));
    }

    @GetMapping
    ListView<WorkflowView> list(
            @RequestParam(defaultValue = "") String contains,
            @RequestParam(defaultValue = "name") String sort,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int limit) {
        boolean descending = sort.startsWith("-");
        WorkflowFilter.Sort column = sort(descending ? sort.substring(1) : sort);
        return Queries.checked(() -> ListView.of(
                store.workflows(new WorkflowFilter(contains, column, descending, offset, limit)), WorkflowView::brief));
    }

    private static WorkflowFilter.Sort sort(String name) {
        return switch (name) {
            case "name" -> WorkflowFilter.Sort.NAME;
            case "created_at" -> WorkflowFilter.Sort.CREATED_AT;
            case "updated_at" -> WorkflowFilter.Sort.UPDATED_AT;
            default ->
                throw new RefusedException(
                        Reason.INVALID,
                        "SORT",
                        "sort is one of name, created_at, updated_at, each with - in front to reverse it");
        };
    }

    @GetMapping("/{name}")
    ResponseEntity<WorkflowView> get(@PathVariable String name) {
        Workflow workflow = workflows.require(Queries.workflow(name));
        RunView latest = store.runs(new RunFilter(name, Set.of(), 0, 1)).items().stream()
                .findFirst()
                .map(run -> views.of(commands.requireRun(run.queueId())))
                .orElse(null);
        return ResponseEntity.ok().eTag(tag(workflow)).body(WorkflowView.of(workflow, latest));
    }

    @PutMapping("/{name}")
    ResponseEntity<WorkflowView> replace(
            @PathVariable String name,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestParam(required = false) @Nullable List<String> set,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Workflow workflow = workflows.replace(
                Queries.workflow(name),
                RequestText.of(body),
                RequestText.parameters(set),
                expected(ifMatch),
                Actors.ADMIN);
        return ResponseEntity.ok().eTag(tag(workflow)).body(WorkflowView.of(workflow, null));
    }

    private static String tag(Workflow workflow) {
        return "\"" + workflow.version() + "\"";
    }

    private static @Nullable Integer expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Matcher matcher = ENTITY_TAG.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw new RefusedException(
                    Reason.STALE, "STALE-VERSION", "If-Match is not an entity tag of this workflow, such as \"3\"");
        }
        return Integer.valueOf(matcher.group(1));
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(
            @PathVariable String name, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        workflows.delete(Queries.workflow(name), expected(ifMatch), Actors.ADMIN);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{name}/start")
    ResponseEntity<byte[]> start(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable Integer priority,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = TRACE, required = false) @Nullable String traceparent,
            ServerHttpRequest request) {
        var repeatable = idempotency.request(key, "POST", request.getURI().getRawPath() + query(request), null);
        return tracing.request(
                "POST /api/v1/workflows/{name}/start",
                traceparent,
                span -> idempotency.once(repeatable, () -> {
                    var created = workflows.start(
                            Queries.workflow(name),
                            wish(from, priority).tracedBy(span),
                            made -> idempotency.remember(repeatable, CREATED, runLocation(made), runView(made)));
                    return Idempotency.answer(
                            CREATED, runLocation(created), Json.MAPPER.writeValueAsString(runView(created)));
                }));
    }

    /** As it was made, whatever has become of it since: a repeated request gets the same answer. */
    private static RunView fresh(Run run) {
        return RunView.of(run, Optional.empty());
    }

    private static RunView runView(Workflows.Created created) {
        return fresh(Objects.requireNonNull(created.run()));
    }

    private static String runLocation(Workflows.Created created) {
        return "/api/v1/runs/" + Objects.requireNonNull(created.run()).queueId();
    }

    private static Wish wish(@Nullable String from, @Nullable Integer priority) {
        if (from == null) {
            return new Wish(null, priority, Actors.ADMIN);
        }
        return switch (from.toLowerCase(Locale.ROOT)) {
            case "last" -> new Wish(From.LAST, priority, Actors.ADMIN);
            case "fresh" -> new Wish(From.FRESH, priority, Actors.ADMIN);
            default -> throw new RefusedException(Reason.INVALID, "FROM", "from is last or fresh");
        };
    }

    @PostMapping("/{name}/stop")
    RunView stop(@PathVariable String name) {
        return command(name, UserCommand.STOP);
    }

    @PostMapping("/{name}/pause")
    RunView pause(@PathVariable String name) {
        return command(name, UserCommand.PAUSE);
    }

    @PostMapping("/{name}/resume")
    RunView resume(@PathVariable String name) {
        return command(name, UserCommand.RESUME);
    }

    @PostMapping("/{name}/retry")
    RunView retry(@PathVariable String name) {
        return command(name, UserCommand.RETRY);
    }

    private RunView command(String name, UserCommand command) {
        return views.of(commands.commandLatest(Queries.workflow(name), command, Actors.ADMIN));
    }

    @GetMapping("/{name}/runs")
    ListView<RunView> runs(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Set<String> state,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int limit) {
        Set<String> states = state == null ? Set.of() : state;
        Queries.requireStates(states, RunState.NAMES);
        return Queries.checked(
                () -> ListView.of(store.runs(new RunFilter(Queries.workflow(name), states, offset, limit)), views::of));
    }
}
