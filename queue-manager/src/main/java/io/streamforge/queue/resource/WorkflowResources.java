package io.streamforge.queue.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.streamforge.queue.kubernetes.Cluster;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The Workflow resources of a namespace, as the API server has them. */
final class WorkflowResources {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    /** With nulls, which take a member away. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private static final int MAX_NOTE = 1000;

    private final KubernetesClient client;
    private final String namespace;
    private final String instance =
            Optional.ofNullable(System.getenv("HOSTNAME")).orElse("queue-manager");
    private final AtomicLong events = new AtomicLong(System.nanoTime());

    WorkflowResources(Cluster cluster) {
        client = cluster.client();
        namespace = cluster.namespace();
    }

    NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            all() {
        return client.genericKubernetesResources(WorkflowCrd.CONTEXT).inNamespace(namespace);
    }

    static WorkflowStatus status(GenericKubernetesResource resource) {
        Object status = resource.getAdditionalProperties().get("status");
        return status == null ? WorkflowStatus.NONE : JSON.convertValue(status, WorkflowStatus.class);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> spec(GenericKubernetesResource resource) {
        Object spec = resource.getAdditionalProperties().get("spec");
        return spec instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    void write(GenericKubernetesResource resource, WorkflowStatus status) {
        all().withName(resource.getMetadata().getName())
                .subresource("status")
                .patch(MERGE, JSON.writeValueAsString(Map.of("status", status)));
    }

    /** Fails when the resource has changed since it was read. */
    void finalizers(GenericKubernetesResource resource, List<String> finalizers) {
        Map<String, Object> metadata =
                Map.of("resourceVersion", resource.getMetadata().getResourceVersion(), "finalizers", finalizers);
        all().withName(resource.getMetadata().getName())
                .patch(MERGE, JSON.writeValueAsString(Map.of("metadata", metadata)));
    }

    void tell(GenericKubernetesResource resource, Announcement announcement, Instant now) {
        String note = announcement.note();
        client.events()
                .v1()
                .events()
                .inNamespace(namespace)
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(resource.getMetadata().getName() + "." + Long.toHexString(events.incrementAndGet()))
                        .endMetadata()
                        .withEventTime(new MicroTime(MICROS.format(now)))
                        .withReportingController(WorkflowCrd.GROUP + "/queue-manager")
                        .withReportingInstance(instance)
                        .withAction("Reconcile")
                        .withType(announcement.type().word())
                        .withReason(announcement.reason())
                        .withNote(note.length() > MAX_NOTE ? note.substring(0, MAX_NOTE) + "…" : note)
                        .withRegarding(new ObjectReferenceBuilder()
                                .withApiVersion(resource.getApiVersion())
                                .withKind(resource.getKind())
                                .withNamespace(namespace)
                                .withName(resource.getMetadata().getName())
                                .withUid(resource.getMetadata().getUid())
                                .build())
                        .build())
                .create();
    }
}
