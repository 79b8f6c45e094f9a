package io.streamforge.queue.resource;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of {@link WorkflowStatus}. */
final class StatusSchema {

    private static final String TEXT = "string";

    private StatusSchema() {}

    static ObjectNode schema() {
        ObjectNode schema = object();
        ObjectNode members = (ObjectNode) schema.get("properties");
        number(members, "observedGeneration", "Of the spec this status is about.");
        text(members, "workflow", "Name of the stored workflow.");
        number(members, "version", "Of the stored workflow.");
        text(members, "queueId", "The latest run.");
        text(members, "state", "Of the latest run; invalid when there is none because the spec is wrong.");
        number(members, "rows", "Written to all targets.");
        number(members, "rejected", "Rows that were rejected.");
        number(members, "lag", "Records that wait to be written.");
        text(members, "message", "Why it is as it is.");
        members.putObject("problems").put("type", "array").set("items", problem());
        ObjectNode conditions = members.putObject("conditions");
        conditions.put("type", "array").put("x-kubernetes-list-type", "map");
        conditions.putArray("x-kubernetes-list-map-keys").add("type");
        conditions.set("items", condition());
        return schema;
    }

    private static ObjectNode problem() {
        ObjectNode schema = object();
        ObjectNode members = (ObjectNode) schema.get("properties");
        number(members, "line", "In the spec as kubectl get -o yaml prints it, its first line being 1.");
        number(members, "column", "In that line.");
        text(members, "path", "Such as spec.sinks[0].options.table.");
        text(members, "code", "Stable.");
        text(members, "message", "What is wrong.");
        text(members, "suggestion", "What was probably meant.");
        return schema;
    }

    private static ObjectNode condition() {
        ObjectNode schema = object();
        ObjectNode members = (ObjectNode) schema.get("properties");
        text(members, "type", "Valid, Running or Ready.");
        ArrayNode values = text(members, "status", "Whether it holds.").putArray("enum");
        values.add("True").add("False").add("Unknown");
        text(members, "reason", "In one word.");
        text(members, "message", "For people.");
        text(members, "lastTransitionTime", "When the status changed.").put("format", "date-time");
        number(members, "observedGeneration", "Of the spec.");
        schema.putArray("required").add("type").add("status");
        return schema;
    }

    private static ObjectNode object() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object").putObject("properties");
        return schema;
    }

    private static ObjectNode text(ObjectNode members, String name, String description) {
        return members.putObject(name).put("type", TEXT).put("description", description);
    }

    private static void number(ObjectNode members, String name, String description) {
        members.putObject(name).put("type", "integer").put("format", "int64").put("description", description);
    }
}
