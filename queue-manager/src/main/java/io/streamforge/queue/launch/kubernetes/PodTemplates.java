package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.model.Placement;
import io.streamforge.queue.launch.LaunchException;
import io.streamforge.queue.launch.LaunchRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the pods of tasks: the configured template, then what the workflow wants, then what every worker is. Invariant: whatever
 * the first two say, the worker's container satisfies the <i>restricted</i> pod security standard and the pod has no token of the
 * cluster. Other containers do so unless the template says otherwise; what it says about them and about the host stays as it is,
 * and the namespace's admission judges it.
 */
final class PodTemplates {

    static final String WORKER = "worker";
    static final int HEALTH_PORT = 8081;

    private static final String TMP = "/tmp";
    private static final String TMP_VOLUME = "streamforge-tmp";
    private static final long USER_OF_IMAGES = 10001;
    private static final long TERMINATION_SECONDS = 20;
    private static final int MOST_SECONDS_TO_START = 120;

    private final PodSettings settings;

    PodTemplates(PodSettings settings) {
        this.settings = settings;
    }

    /** @throws LaunchException when no image is configured for the worker */
    PodTemplateSpec of(LaunchRequest request, String restartPolicy) {
        Placement placement = request.workload().placement();
        PodTemplateSpec template = new PodTemplateSpecBuilder(settings.template())
                .editOrNewMetadata()
                .withName(null)
                .addToLabels(TaskLabels.of(request, settings.instance()))
                .addToAnnotations(placement.annotations())
                .addToAnnotations(TaskLabels.annotations(request))
                .endMetadata()
                .editOrNewSpec()
                .withRestartPolicy(restartPolicy)
                .withServiceAccountName(settings.serviceAccount())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(TERMINATION_SECONDS)
                .editOrNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addToNodeSelector(placement.nodeSelector())
                .addAllToTolerations(placement.tolerations().stream()
                        .map(PodTemplates::toleration)
                        .toList())
                .addAllToVolumes(
                        placement.volumes().stream().map(PodTemplates::volume).toList())
                .addAllToImagePullSecrets(placement.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .endSpec()
                .build();
        PodSpec pod = template.getSpec();
        volumesOfTheUser(pod);
        pod.setContainers(containers(pod, request));
        pod.getInitContainers().forEach(PodTemplates::lockUnlessToldOtherwise);
        return template;
    }

    /** The image says who its user is; files on volumes belong to that user's group unless the template names another. */
    private static void volumesOfTheUser(PodSpec pod) {
        var context = pod.getSecurityContext();
        context.setFsGroup(Objects.requireNonNullElse(context.getFsGroup(), USER_OF_IMAGES));
    }

    private List<Container> containers(PodSpec pod, LaunchRequest request) {
        List<Container> containers = new ArrayList<>();
        Container configured = new Container();
        for (Container container : pod.getContainers()) {
            if (WORKER.equals(container.getName())) {
                configured = container;
            } else {
                lockUnlessToldOtherwise(container);
                containers.add(container);
            }
        }
        Container worker = worker(configured, request);
        if (!mountsTmp(worker)) {
            addTmp(pod, worker);
        }
        containers.add(0, worker);
        return containers;
    }

    private static boolean mountsTmp(Container worker) {
        return worker.getVolumeMounts().stream().anyMatch(mount -> TMP.equals(mount.getMountPath()));
    }

    private static void addTmp(PodSpec pod, Container worker) {
        pod.getVolumes()
                .add(new VolumeBuilder()
                        .withName(TMP_VOLUME)
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build());
        worker.getVolumeMounts()
                .add(new VolumeMountBuilder()
                        .withName(TMP_VOLUME)
                        .withMountPath(TMP)
                        .build());
    }

    private Container worker(Container configured, LaunchRequest request) {
        return new ContainerBuilder(configured)
                .withName(WORKER)
                .withImage(image(request))
                .withImagePullPolicy(settings.pullPolicy())
                .addAllToEnv(environment(request))
                .addNewPort()
                .withName("health")
                .withContainerPort(HEALTH_PORT)
                .endPort()
                .withStartupProbe(probe("liveness", 1, MOST_SECONDS_TO_START))
                .withLivenessProbe(probe("liveness", 10, 6))
                .withReadinessProbe(probe("readiness", 3, 1))
                .withResources(resources(request))
                .withSecurityContext(locked().withReadOnlyRootFilesystem(true).build())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .addAllToVolumeMounts(request.workload().placement().volumes().stream()
                        .map(volume -> new VolumeMountBuilder()
                                .withName(volume.name())
                                .withMountPath(volume.path())
                                .withReadOnly(volume.readOnly() || volume.configMap() != null)
                                .build())
                        .toList())
                .build();
    }

    private String image(LaunchRequest request) {
        return Optional.ofNullable(settings.images().get(request.target()))
                .orElseThrow(() -> new LaunchException(
                        new ErrorInfo(
                                "IMAGE-UNKNOWN",
                                Category.FATAL,
                                "no image is configured for workers of " + request.target(),
                                null,
                                "set streamforge.workers.images." + request.target()),
                        null));
    }

    private static List<EnvVar> environment(LaunchRequest request) {
        Map<String, String> plain = new TreeMap<>(request.environment());
        plain.putIfAbsent("STREAMFORGE_HEALTH_PORT", String.valueOf(HEALTH_PORT));
        plain.putIfAbsent("STREAMFORGE_LOG", "json");
        List<EnvVar> variables = new ArrayList<>();
        plain.forEach((name, value) -> variables.add(
                new EnvVarBuilder().withName(name).withValue(value).build()));
        request.secrets().keySet().stream().sorted().forEach(name -> variables.add(secret(name, request.name())));
        if (request.workload().consumers() != null) {
            variables.add(new EnvVarBuilder()
                    .withName("STREAMFORGE_INSTANCE")
                    .withNewValueFrom()
                    .withNewFieldRef("v1", "metadata.name")
                    .endValueFrom()
                    .build());
        }
        return variables;
    }

    private static EnvVar secret(String variable, String secret) {
        return new EnvVarBuilder()
                .withName(variable)
                .withNewValueFrom()
                .withNewSecretKeyRef(variable, secret, false)
                .endValueFrom()
                .build();
    }

    private static Probe probe(String kind, int period, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath("/actuator/health/" + kind)
                .withNewPort("health")
                .endHttpGet()
                .withPeriodSeconds(period)
                .withTimeoutSeconds(3)
                .withFailureThreshold(failures)
                .build();
    }

    /** Memory is a bound, because a JVM uses what it gets; cores are one only when the workflow says so. */
    private ResourceRequirements resources(LaunchRequest request) {
        String memory = String.valueOf(request.memory() == 0 ? settings.memory() : request.memory());
        String cpu = request.workload().cpu();
        Map<String, Quantity> requests = new HashMap<>();
        Map<String, Quantity> limits = new HashMap<>();
        requests.put("memory", new Quantity(memory));
        limits.put("memory", new Quantity(memory));
        requests.put("cpu", new Quantity(cpu == null ? settings.cpu() : cpu));
        if (cpu != null) {
            limits.put("cpu", new Quantity(cpu));
        }
        return new ResourceRequirementsBuilder()
                .withRequests(requests)
                .withLimits(limits)
                .build();
    }

    private static void lockUnlessToldOtherwise(Container beside) {
        if (beside.getSecurityContext() == null) {
            beside.setSecurityContext(locked().build());
        }
    }

    private static SecurityContextBuilder locked() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .addToDrop("ALL")
                .endCapabilities();
    }

    private static Toleration toleration(Placement.Toleration wanted) {
        return new TolerationBuilder()
                .withKey(wanted.key())
                .withOperator(wanted.operator())
                .withValue(wanted.value())
                .withEffect(wanted.effect())
                .build();
    }

    private static Volume volume(Placement.Volume wanted) {
        VolumeBuilder volume = new VolumeBuilder().withName(wanted.name());
        if (wanted.claim() != null) {
            return volume.withNewPersistentVolumeClaim(wanted.claim(), wanted.readOnly())
                    .build();
        }
        if (wanted.configMap() != null) {
            return volume.withNewConfigMap()
                    .withName(wanted.configMap())
                    .endConfigMap()
                    .build();
        }
        Long size = wanted.size();
        return volume.withNewEmptyDir()
                .withSizeLimit(size == null ? null : new Quantity(String.valueOf(size)))
                .endEmptyDir()
                .build();
    }
}
