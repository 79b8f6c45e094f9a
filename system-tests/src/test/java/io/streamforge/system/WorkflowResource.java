package io.streamforge.system;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Objects;

/** A Workflow resource in the namespace of an installation. */
record WorkflowResource(Installation installation, String name) {

    private static final String VERSION = "streamforge.io/v1";
    private static final String KIND = "Workflow";

    /** @param spec a workflow without its name */
    void apply(String spec) {
        installation
                .client()
                .resource(Serialization.unmarshal(yaml(name, spec), GenericKubernetesResource.class))
                .inNamespace(installation.namespace())
                .serverSideApply();
    }

    /** The resource as a user writes it. */
    static String yaml(String name, String spec) {
        return "apiVersion: %s\nkind: %s\nmetadata: {name: %s}\nspec:\n%s"
                .formatted(VERSION, KIND, name, spec.indent(2));
    }

    /** A member of its status as text; empty while there is none. */
    String status(String member) {
        return Objects.toString(named().require().get("status", member), "");
    }

    void delete() {
        named().delete();
    }

    boolean gone() {
        return named().get() == null;
    }

    private Resource<GenericKubernetesResource> named() {
        return installation
                .client()
                .genericKubernetesResources(VERSION, KIND)
                .inNamespace(installation.namespace())
                .withName(name);
    }
}
