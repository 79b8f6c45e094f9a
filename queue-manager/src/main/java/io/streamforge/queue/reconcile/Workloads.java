package io.streamforge.queue.reconcile;

import io.streamforge.messages.Task;
import io.streamforge.model.Placement;
import io.streamforge.model.WorkflowParser;
import io.streamforge.model.WorkflowSpec;
import io.streamforge.queue.launch.LaunchRequest.Consumers;
import io.streamforge.queue.launch.LaunchRequest.Workload;
import io.streamforge.queue.run.Run;
import io.streamforge.queue.run.Vertex;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a workflow says about where and how its workers run. */
final class Workloads {

    private Workloads() {}

    static Workload of(Run run, Vertex vertex) {
        Optional<WorkflowSpec> spec =
                WorkflowParser.ofDocument(run.origin().spec()).spec();
        Placement placement = spec.map(WorkflowSpec::placement).orElse(Placement.ANYWHERE);
        return new Workload(
                run.origin().terms().bounded(),
                spec.map(found -> found.resources().cpu()).orElse(null),
                placement,
                consumers(vertex.task().input(), placement.scale()));
    }

    private static @Nullable Consumers consumers(Task.@Nullable Input input, Placement.Scale scale) {
        if (input == null || !input.shared()) {
            return null;
        }
        int partitions = input.partitions().size();
        Integer most = scale.max();
        int max = most == null ? partitions : Math.min(most, partitions);
        return new Consumers(
                input.topic(), input.group(), Math.min(scale.min(), max), max, scale.lag(), scale.coolDown());
    }
}
