package io.streamforge.queue.api;

import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.reconcile.BrokerWatch;
import io.streamforge.queue.reconcile.RunBook;
import io.streamforge.queue.run.EdgeAccount;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.TaskState;
import io.streamforge.queue.workflow.RunCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/metrics}: figures at this moment; time series are Prometheus' business. */
@RestController
@RequestMapping(path = "/api/v1/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
class MetricsController {

    private final RunCommands commands;
    private final RunViews views;
    private final RunBook runs;
    private final Launcher launcher;
    private final BrokerWatch watch;

    MetricsController(RunCommands commands, RunViews views, RunBook runs, Launcher launcher, BrokerWatch watch) {
        this.commands = commands;
        this.views = views;
        this.runs = runs;
        this.launcher = launcher;
        this.watch = watch;
    }

    record RunMetrics(
            String queueId,
            String state,
            @Nullable Double dataSeconds,
            List<RunView.VertexView> vertices,
            List<EdgeAccount> edges) {}

    /**
     * @param runs that are not over, by state
     * @param workers that run
     * @param broker {@code up}, or why it counts as away
     */
    record SystemMetrics(Map<String, Integer> runs, long workers, String broker, long heapUsed, long heapMax) {}

    @GetMapping("/runs/{queueId}")
    RunMetrics run(@PathVariable String queueId) {
        RunView run = views.of(commands.requireRun(Queries.run(queueId)));
        return new RunMetrics(run.queueId(), run.state(), run.dataSeconds(), run.vertices(), run.edges());
    }

    /** @param vertex with {@code restarts}, {@code lag} and when it last got further */
    record WorkerMetrics(String queueId, String workflow, String state, RunView.VertexView vertex) {}

    /** The vertices of all runs that are under way and prepared. */
    @GetMapping("/workers")
    ListView<WorkerMetrics> workers() {
        List<WorkerMetrics> workers = new ArrayList<>();
        for (Run run : runs.underWay()) {
            String state = run.state().label();
            run.vertices()
                    .forEach(vertex -> workers.add(
                            new WorkerMetrics(run.queueId(), run.workflow(), state, RunView.VertexView.of(vertex))));
        }
        return ListView.of(workers);
    }

    @GetMapping("/system")
    SystemMetrics system() {
        Map<String, Integer> byState = new TreeMap<>();
        for (Run run : runs.underWay()) {
            byState.merge(run.state().label(), 1, Integer::sum);
        }
        long workers = launcher.list().stream()
                .filter(task -> task.state() instanceof TaskState.Running)
                .count();
        Runtime runtime = Runtime.getRuntime();
        return new SystemMetrics(
                byState,
                workers,
                watch.problem().orElse("up"),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.maxMemory());
    }
}
