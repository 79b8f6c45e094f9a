package io.streamforge.model;

import io.streamforge.connector.Problem;
import io.streamforge.model.WorkflowSpec.Endpoint;
import io.streamforge.model.WorkflowSpec.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what the rows go through: source, operators and sinks. */
final class StepsReader {

    private static final int MAX_STEPS = 100;

    private final Members root;
    private final List<Problem> problems;

    StepsReader(Members root, List<Problem> problems) {
        this.root = root;
        this.problems = problems;
    }

    Endpoint source() {
        if (!root.has("source") && !root.has("graph")) {
            root.problem(
                    "MISSING",
                    "source",
                    "'source' is required",
                    "for example source: {connector: file, options: {path: orders.csv}}");
        }
        Members source = root.mapping("source");
        return root.value("source") instanceof Map<?, ?>
                ? endpoint(source, "source")
                : new Endpoint("source", "", Map.of());
    }

    List<Endpoint> sinks() {
        List<Members> items = root.mappings("sinks");
        if (items.isEmpty() && !root.has("graph") && (!root.has("sinks") || root.value("sinks") instanceof List<?>)) {
            root.problem(
                    "MISSING",
                    "sinks",
                    "at least one sink is required",
                    "for example sinks: [{connector: file, options: {path: out.csv}}]");
        }
        bounded("sinks", items.size());
        return items.stream().map(item -> endpoint(item, item.path())).toList();
    }

    List<Operation> operators() {
        List<Operation> operators = new ArrayList<>();
        List<Members> items = root.mappings("operators");
        bounded("operators", items.size());
        for (Members item : items) {
            List<String> names = item.names();
            if (names.size() == 1) {
                String name = names.get(0);
                operators.add(new Operation(
                        Document.member(item.path(), name), name, java.util.Objects.requireNonNull(item.value(name))));
            } else {
                problems.add(new Problem(
                        "OPERATOR",
                        item.path(),
                        "an operator is one name with its configuration, this has " + names.size() + " members",
                        "for example - filter: \"age > 18\""));
            }
        }
        return operators;
    }

    private void bounded(String member, int size) {
        if (size > MAX_STEPS) {
            root.problem("VALUE", member, size + " are too many, at most " + MAX_STEPS + " are allowed", null);
        }
    }

    private static Endpoint endpoint(Members members, String path) {
        String connector =
                members.requiredText("connector", "the name of a connector; 'streamforge connectors' lists them");
        Map<String, Object> options = members.rawMapping("options");
        members.finish();
        return new Endpoint(path, connector, options);
    }
}
