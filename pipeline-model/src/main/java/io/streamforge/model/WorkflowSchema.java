package io.streamforge.model;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.messages.Task;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The whole workflow file as a JSON Schema (draft 2020-12), for editors. */
public final class WorkflowSchema {

    private static final String TEXT = "string";
    private static final String DURATION = "a duration such as 500ms, 5s, 2m, 1h or 7d";

    private final ConnectorDescriptors connectors;
    private final List<String> operators;

    /** @param operators those a workflow can use */
    public WorkflowSchema(ConnectorDescriptors connectors, OperatorCatalog operators) {
        this.connectors = connectors;
        this.operators = operators.names();
    }

    public ObjectNode toJson() {
        ObjectNode schema = object(ConfigSchema.DIALECT);
        schema.put("title", "StreamForge workflow");
        ObjectNode members = (ObjectNode) schema.get("properties");
        text(members, "name", "Lower-case letters, digits, '-' and '_'.").put("pattern", "^[a-z0-9][a-z0-9_-]{0,99}$");
        text(members, "description", "For people.");
        choice(members, "mode", "Whether the source ends by itself.", "batch", "batch", "streaming");
        members.set("source", component(Task.Role.SOURCE));
        members.set("operators", list(operator()));
        members.set("sinks", list(component(Task.Role.SINK)).put("minItems", 1));
        settings(members);
        schema.putArray("required").add("name").add("source").add("sinks");
        return schema;
    }

    private void settings(ObjectNode members) {
        members.set("restart", restart());
        members.set("errors", errors());
        members.set("resources", resources());
        members.set("kubernetes", kubernetes());
        members.set("max_lag", maxLag());
        choice(members, "format", "Encoding of records in topics.", "avro", "avro", "json");
        choice(members, "from", "Where a new run begins.", "last", "last", "fresh");
        text(members, "progress_timeout", "A worker that gets no further for so long is restarted; " + DURATION + ".")
                .put("default", "60s");
        text(members, "retention", "How long topics stay after a run; " + DURATION + ".")
                .put("default", "1h");
        integer(members, "priority", "Runs of higher priority are admitted first.")
                .put("default", 0);
        members.putObject("labels").put("type", "object");
        members.set("subject", subject());
        members.putObject("parameters")
                .put("type", "object")
                .put("description", "Typed parameters, used as ${name}.")
                .set("additionalProperties", parameter());
    }

    private ObjectNode component(Task.Role role) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode names = properties.putObject("connector").put("type", TEXT).putArray("enum");
        properties.putObject("options").put("type", "object");
        schema.putArray("required").add("connector");
        schema.put("additionalProperties", false);
        ArrayNode cases = JsonNodeFactory.instance.arrayNode();
        for (String name : connectors.names(role)) {
            names.add(name);
            cases.add(options(name, connectors.role(name, role).orElseThrow()));
        }
        if (!cases.isEmpty()) {
            schema.set("allOf", cases);
        }
        return schema;
    }

    private static ObjectNode options(String connector, ConnectorDescriptor.Role role) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.putObject("if").putObject("properties").putObject("connector").put("const", connector);
        ConfigSchema.options(rule.putObject("then").putObject("properties").putObject("options"), role);
        return rule;
    }

    private ObjectNode operator() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object").put("minProperties", 1).put("maxProperties", 1);
        ObjectNode properties = schema.putObject("properties");
        operators.forEach(properties::putObject);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode restart() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        choice(
                members,
                "strategy",
                "When a worker is tried again after it failed.",
                "exponential-backoff",
                "none",
                "fixed-delay",
                "exponential-backoff",
                "failure-rate");
        for (String name : List.of("initial_delay", "max_delay", "delay", "interval")) {
            text(members, name, DURATION);
        }
        members.putObject("multiplier").put("type", "number").put("minimum", 1).put("default", 2);
        integer(members, "max_attempts", "In a row without progress.")
                .put("minimum", 1)
                .put("default", 10);
        integer(members, "max_failures", "Within the interval.")
                .put("minimum", 1)
                .put("default", 5);
        return schema;
    }

    private static ObjectNode errors() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        choice(members, "rejected", "What becomes of a bad row.", "dead-letter", "dead-letter", "fail", "drop");
        members.putObject("max_ratio")
                .put("type", "number")
                .put("minimum", 0)
                .put("maximum", 1)
                .put("default", 1)
                .put("description", "Of rejected to read rows; above it the run fails. 1 is no bound.");
        text(members, "keep", "How long dead letters stay after the run; " + DURATION + ".")
                .put("default", "7d");
        return schema;
    }

    private static ObjectNode resources() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        integer(members, "parallelism", "Workers per vertex.").put("minimum", 1).put("default", 1);
        integer(members, "partitions", "Of each topic; the parallelism by default.")
                .put("minimum", 1);
        text(members, "memory", "Per worker, a size such as 256MiB.");
        text(members, "cpu", "Per worker, in cores, such as 500m or 2.");
        return schema;
    }

    private static ObjectNode kubernetes() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        members.set("scale", scale());
        text(members, "deadline", "A worker of a batch that takes longer is ended; " + DURATION + ".");
        texts(members.putObject("node_selector"));
        texts(members.putObject("annotations"));
        members.set("tolerations", list(toleration()));
        members.set("volumes", list(volume()));
        members.set(
                "image_pull_secrets", list(JsonNodeFactory.instance.objectNode().put("type", TEXT)));
        return schema;
    }

    private static ObjectNode scale() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        integer(members, "min", "Fewest workers of a sink.").put("minimum", 0).put("default", 0);
        integer(members, "max", "Most workers of a sink; the partitions by default.")
                .put("minimum", 1);
        integer(members, "lag", "Records behind, for each of which there is one more worker.")
                .put("minimum", 1)
                .put("default", Placement.Scale.DEFAULT.lag());
        text(members, "cool_down", "How long a sink stays without work before its last worker goes; " + DURATION + ".")
                .put("default", "5m");
        return schema;
    }

    private static ObjectNode toleration() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        text(members, "key", "Of the taint; all taints without it.");
        choice(members, "operator", "How the value is compared.", "Equal", "Equal", "Exists");
        text(members, "value", "Of the taint.");
        text(members, "effect", "NoSchedule, PreferNoSchedule or NoExecute; each effect without it.");
        return schema;
    }

    private static ObjectNode volume() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        text(members, "name", "Unique in the list.");
        text(members, "path", "Where it is seen in the worker.");
        text(members, "claim", "A PersistentVolumeClaim.");
        text(members, "config_map", "A ConfigMap, read-only.");
        text(members, "size", "Of an empty directory that goes with the pod; a size such as 1GiB.");
        members.putObject("read_only").put("type", "boolean").put("default", false);
        schema.putArray("required").add("name").add("path");
        return schema;
    }

    private static void texts(ObjectNode schema) {
        schema.put("type", "object").putObject("additionalProperties").put("type", TEXT);
    }

    private static ObjectNode subject() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        text(members, "symbol", "What the workflow is about; names its runs together with the type.");
        text(members, "type", "What is loaded of it.");
        text(members, "time_range", "First day, and the day after the last one.");
        text(members, "collection_name", "Where the rows end up.");
        return schema;
    }

    private static ObjectNode maxLag() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        integer(members, "records", "A source waits when its slowest sink is so many records behind.")
                .put("default", SettingsReader.DEFAULT_MAX_LAG.records());
        text(members, "bytes", "… or so many bytes; a size such as 512MiB.").put("default", "512MiB");
        return schema;
    }

    private static ObjectNode parameter() {
        ObjectNode schema = object(null);
        ObjectNode members = (ObjectNode) schema.get("properties");
        ArrayNode types = members.putObject("type").put("type", TEXT).putArray("enum");
        for (ParameterType type : ParameterType.values()) {
            types.add(type.word());
        }
        members.putObject("default");
        members.putObject("required").put("type", "boolean");
        members.putObject("allowed").put("type", "array");
        text(members, "pattern", "A regular expression for the whole value.");
        integer(members, "min", "Smallest number.");
        integer(members, "max", "Largest number.");
        text(members, "description", "For people.");
        text(members, "example", "A value a user could write.");
        return schema;
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "array").set("items", items);
        return schema;
    }

    private static ObjectNode object(@org.jspecify.annotations.Nullable String dialect) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (dialect != null) {
            schema.put("$schema", dialect);
        }
        schema.put("type", "object");
        schema.putObject("properties");
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode text(ObjectNode members, String name, String description) {
        return members.putObject(name).put("type", TEXT).put("description", description);
    }

    private static ObjectNode integer(ObjectNode members, String name, String description) {
        return members.putObject(name).put("type", "integer").put("description", description);
    }

    private static void choice(
            ObjectNode members, String name, String description, String fallback, String... choices) {
        ObjectNode schema = text(members, name, description).put("default", fallback);
        ArrayNode values = schema.putArray("enum");
        for (String choice : choices) {
            values.add(choice);
        }
    }
}
