package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.streamforge.queue.launch.LaunchRequest;
import io.streamforge.queue.launch.LaunchRequest.Consumers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a task is in the cluster; pure. */
final class Manifests {

    static final String KEDA_VERSION = "keda.sh/v1alpha1";
    static final String SCALED_OBJECT = "ScaledObject";

    /** Of a worker that refused its configuration: another pod would refuse it as well. */
    static final int REFUSED = 2;

    private static final long MAX_STABILIZATION_SECONDS = 3600;

    private final PodSettings settings;
    private final PodTemplates pods;

    Manifests(PodSettings settings) {
        this.settings = settings;
        this.pods = new PodTemplates(settings);
    }

    /**
     * The task's workload.
     *
     * @param scaled whether KEDA says how many pods a Deployment of consumers has
     */
    HasMetadata workload(LaunchRequest request, boolean scaled) {
        return request.workload().bounded() ? job(request) : deployment(request, scaled);
    }

    /** What goes with the workload, and is removed with it. */
    List<HasMetadata> dependents(LaunchRequest request, HasMetadata workload, boolean scaled) {
        OwnerReference owner = owner(workload);
        List<HasMetadata> dependents = new ArrayList<>();
        if (!request.secrets().isEmpty()) {
            dependents.add(secret(request, owner));
        }
        Consumers consumers = request.workload().consumers();
        if (scaled && consumers != null) {
            dependents.add(scaledObject(request, consumers, owner));
        }
        return dependents;
    }

    /** Attempts are the run's, so a Job makes none; a pod that had to make room is no attempt and is made again. */
    private Job job(LaunchRequest request) {
        Duration deadline = request.workload().placement().deadline();
        return new JobBuilder()
                .withMetadata(metadata(request, settings.owner()))
                .withNewSpec()
                .withCompletions(1)
                .withParallelism(1)
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(deadline == null ? null : deadline.toSeconds())
                .withTtlSecondsAfterFinished(Math.toIntExact(settings.ttl().toSeconds()))
                .withNewPodFailurePolicy()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .endOnPodCondition()
                .endRule()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(PodTemplates.WORKER)
                .withOperator("In")
                .withValues(REFUSED)
                .endOnExitCodes()
                .endRule()
                .endPodFailurePolicy()
                .withTemplate(pods.of(request, "Never"))
                .endSpec()
                .build();
    }

    private Deployment deployment(LaunchRequest request, boolean scaled) {
        Consumers consumers = request.workload().consumers();
        Deployment deployment = new DeploymentBuilder()
                .withMetadata(metadata(request, settings.owner()))
                .withNewSpec()
                .withReplicas(replicas(consumers, scaled))
                .withRevisionHistoryLimit(0)
                .withNewSelector()
                .addToMatchLabels(TaskLabels.TASK, request.name())
                .endSelector()
                // Two pods of a task that shares nothing would fence each other.
                .withNewStrategy()
                .withType(consumers == null ? "Recreate" : "RollingUpdate")
                .endStrategy()
                .withTemplate(pods.of(request, "Always"))
                .endSpec()
                .build();
        if (consumers != null && !scaled) {
            deployment.getMetadata().getAnnotations().put("streamforge.io/scaling", "fixed: not scaled by KEDA");
        }
        return deployment;
    }

    /** Left out where it is KEDA's to say; then there is one in the beginning. */
    private static @Nullable Integer replicas(@Nullable Consumers consumers, boolean scaled) {
        if (consumers == null) {
            return 1;
        }
        return scaled ? null : Integer.valueOf(Math.max(1, consumers.min()));
    }

    private Secret secret(LaunchRequest request, OwnerReference owner) {
        return new SecretBuilder()
                .withMetadata(metadata(request, owner))
                .withType("Opaque")
                .withStringData(new TreeMap<>(request.secrets()))
                .build();
    }

    private GenericKubernetesResource scaledObject(LaunchRequest request, Consumers consumers, OwnerReference owner) {
        long coolDown = consumers.coolDown().toSeconds();
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("scaleTargetRef", Map.of("name", request.name()));
        spec.put("pollingInterval", settings.keda().pollingInterval().toSeconds());
        spec.put("cooldownPeriod", coolDown);
        spec.put("minReplicaCount", consumers.min());
        spec.put("maxReplicaCount", consumers.max());
        long window = Math.min(coolDown, MAX_STABILIZATION_SECONDS);
        spec.put(
                "advanced",
                Map.of(
                        "horizontalPodAutoscalerConfig",
                        Map.of("behavior", Map.of("scaleDown", Map.of("stabilizationWindowSeconds", window)))));
        spec.put("triggers", List.of(trigger(consumers)));
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(KEDA_VERSION)
                .withKind(SCALED_OBJECT)
                .withMetadata(metadata(request, owner))
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    /** The change to a ScaledObject by which KEDA leaves its target as it is, or goes on. */
    static String hold(boolean held) {
        return "{\"metadata\":{\"annotations\":{\"autoscaling.keda.sh/paused\":" + (held ? "\"true\"" : "null") + "}}}";
    }

    private Map<String, Object> trigger(Consumers consumers) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("bootstrapServers", settings.keda().broker());
        metadata.put("consumerGroup", consumers.group());
        metadata.put("topic", consumers.topic());
        metadata.put("lagThreshold", String.valueOf(consumers.lag()));
        metadata.put("activationLagThreshold", "0");
        // What was never read counts as lag from the beginning.
        metadata.put("offsetResetPolicy", "earliest");
        Map<String, Object> trigger = new LinkedHashMap<>();
        trigger.put("type", "kafka");
        trigger.put("metadata", metadata);
        String authentication = settings.keda().authentication();
        if (authentication != null) {
            trigger.put("authenticationRef", Map.of("name", authentication));
        }
        return trigger;
    }

    private ObjectMeta metadata(LaunchRequest request, @Nullable OwnerReference owner) {
        ObjectMetaBuilder metadata = new ObjectMetaBuilder()
                .withName(request.name())
                .withNamespace(settings.namespace())
                .withLabels(TaskLabels.of(request, settings.instance()))
                .withAnnotations(new LinkedHashMap<>(TaskLabels.annotations(request)));
        return owner == null
                ? metadata.build()
                : metadata.withOwnerReferences(owner).build();
    }

    static OwnerReference owner(HasMetadata object) {
        return new OwnerReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withController(false)
                .withBlockOwnerDeletion(false)
                .build();
    }
}
