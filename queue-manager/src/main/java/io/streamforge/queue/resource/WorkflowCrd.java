package io.streamforge.queue.resource;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.OperatorCatalog;
import io.streamforge.model.WorkflowSchema;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The definition of the Workflow resource, made from the schema of the workflow file. The API server refuses what has the wrong type
 * or is missing; unknown members, connectors and options are kept, so that the controller can say what was meant. Defaults are not part
 * of it: they would change what the user wrote.
 */
public final class WorkflowCrd {

    public static final String GROUP = "streamforge.io";
    public static final String VERSION = "v1";
    public static final String KIND = "Workflow";
    public static final String PLURAL = "workflows";

    static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion(VERSION)
            .withKind(KIND)
            .withPlural(PLURAL)
            .withNamespaced(true)
            .build();

    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final List<String> KEPT = List.of(
            "type",
            "description",
            "enum",
            "pattern",
            "minimum",
            "maximum",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties");
    /** Whose members depend on the connector, operator or template that is named. */
    private static final Set<String> OPEN = Set.of("options", "parameters");

    private WorkflowCrd() {}

    /** The CustomResourceDefinition. */
    public static ObjectNode definition() {
        ObjectNode crd = JsonNodeFactory.instance.objectNode();
        crd.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
        crd.putObject("metadata").put("name", PLURAL + "." + GROUP);
        ObjectNode spec = crd.putObject("spec");
        spec.put("group", GROUP).put("scope", "Namespaced");
        ObjectNode names = spec.putObject("names");
        names.put("kind", KIND)
                .put("listKind", KIND + "List")
                .put("plural", PLURAL)
                .put("singular", "workflow");
        names.putArray("shortNames").add("sfw");
        names.putArray("categories").add("streamforge");
        spec.putArray("versions").add(version());
        return crd;
    }

    private static ObjectNode version() {
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        version.put("name", VERSION).put("served", true).put("storage", true);
        version.putObject("subresources").putObject("status");
        ArrayNode columns = version.putArray("additionalPrinterColumns");
        column(columns, "State", "string", ".status.state", 0);
        column(columns, "Rows", "integer", ".status.rows", 0);
        column(columns, "Lag", "integer", ".status.lag", 0);
        column(columns, "Age", "date", ".metadata.creationTimestamp", 0);
        column(columns, "Version", "integer", ".status.version", 1);
        column(columns, "Run", "string", ".status.queueId", 1);
        column(columns, "Message", "string", ".status.message", 1);
        ObjectNode schema = version.putObject("schema").putObject("openAPIV3Schema");
        schema.put("type", "object").put("description", "A workflow: a source, operators, and sinks.");
        schema.putArray("required").add("spec");
        ObjectNode properties = schema.putObject("properties");
        properties.set("spec", spec());
        properties.set("status", StatusSchema.schema());
        return version;
    }

    private static void column(ArrayNode columns, String name, String type, String path, int priority) {
        ObjectNode column = columns.addObject();
        column.put("name", name).put("type", type).put("jsonPath", path);
        if (priority > 0) {
            column.put("priority", priority);
        }
    }

    private static ObjectNode spec() {
        // What depends on the connectors is left to the controller, so the schema is the same for all of them.
        ObjectNode file = new WorkflowSchema(ConnectorDescriptors.of(List.of()), OperatorCatalog.NONE).toJson();
        file.remove("required");
        ObjectNode spec = structural(file);
        ObjectNode properties = (ObjectNode) spec.get("properties");
        describe(properties, "name", "The resource's own name unless given.");
        properties
                .putObject("template")
                .put("type", "string")
                .put("description", "A shipped template, used with its parameters instead of source and sinks.");
        ObjectNode rule = spec.putArray("x-kubernetes-validations").addObject();
        rule.put("rule", "has(self.template) || (has(self.source) && has(self.sinks))");
        rule.put("message", "give source and sinks, or a template with its parameters");
        spec.put("description", "The workflow file, with the name left out or in.");
        return spec;
    }

    private static void describe(ObjectNode properties, String name, String text) {
        ObjectNode property = (ObjectNode) properties.get(name);
        property.put("description", text + " " + property.path("description").asString());
    }

    /** The same schema in the form that Kubernetes takes. */
    private static ObjectNode structural(ObjectNode schema) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        KEPT.stream().filter(schema::has).forEach(name -> result.set(name, schema.get(name)));
        if (result.path("enum").isEmpty()) {
            result.remove("enum");
        }
        JsonNode fallback = schema.get("default");
        if (fallback != null) {
            String text = schema.path("description").asString();
            result.put("description", (text + " Default: " + fallback.asString() + ".").strip());
        }
        if (schema.has("items")) {
            result.set("items", structural((ObjectNode) schema.get("items")));
        }
        String type = schema.path("type").asString();
        if (type.isEmpty() || type.equals("object")) {
            result.put(PRESERVE, true);
        }
        members(schema, result);
        return result;
    }

    private static void members(ObjectNode schema, ObjectNode result) {
        if (!schema.path("properties").isEmpty()) {
            ObjectNode properties = result.putObject("properties");
            schema.get("properties").properties().forEach(member -> {
                boolean open = OPEN.contains(member.getKey());
                properties.set(member.getKey(), open ? open() : structural((ObjectNode) member.getValue()));
            });
        }
        if (!schema.path("required").isEmpty()) {
            result.set("required", schema.get("required"));
        }
    }

    private static ObjectNode open() {
        return JsonNodeFactory.instance.objectNode().put("type", "object").put(PRESERVE, true);
    }
}
