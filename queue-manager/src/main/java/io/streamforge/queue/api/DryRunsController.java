package io.streamforge.queue.api;

import io.streamforge.model.Diagnostic;
import io.streamforge.model.Plan;
import io.streamforge.model.PlanResult;
import io.streamforge.model.Planner;
import io.streamforge.queue.workflow.Definitions;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/v1/workflows/validate} and {@code /plan}: dry runs that start nothing. */
@RestController
@RequestMapping(path = "/api/v1/workflows", produces = MediaType.APPLICATION_JSON_VALUE)
class DryRunsController {

    private final Definitions definitions;
    private final Planner planner;
    private final BoundedCalls calls;

    DryRunsController(Definitions definitions, Planner planner, BoundedCalls calls) {
        this.definitions = definitions;
        this.planner = planner;
        this.calls = calls;
    }

    /**
     * @param valid no problem is an error
     */
    record Verdict(boolean valid, @Nullable String name, List<ProblemBody.Item> problems) {}

    /** Levels one to three; with {@code connect} the systems are asked, too. */
    @PostMapping("/validate")
    Verdict validate(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestParam(required = false) @Nullable List<String> set,
            @RequestParam(defaultValue = "false") boolean connect) {
        Definitions.Read read = definitions.read(RequestText.of(body), RequestText.parameters(set));
        List<Diagnostic> diagnostics = read.diagnostics();
        if (connect && read.valid()) {
            diagnostics = calls.call(() -> planner.plan(read.parsed())).diagnostics();
        }
        return new Verdict(
                !Diagnostic.anyError(diagnostics),
                read.parsed().spec().map(spec -> spec.name()).orElse(null),
                diagnostics.stream().map(ProblemBody.Item::of).toList());
    }

    @PostMapping("/plan")
    Plan plan(
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestParam(required = false) @Nullable List<String> set) {
        Definitions.Read read = definitions.read(RequestText.of(body), RequestText.parameters(set));
        if (!read.valid()) {
            definitions.require(RequestText.of(body), RequestText.parameters(set));
        }
        PlanResult result = calls.call(() -> planner.plan(read.parsed()));
        return result.graph()
                .map(graph -> Plan.of(read.parsed().spec().orElseThrow(), graph, result.diagnostics()))
                .orElseThrow(() -> new RefusedException(
                        Reason.INVALID, "NO-PLAN", "the workflow cannot be planned", result.diagnostics()));
    }
}
