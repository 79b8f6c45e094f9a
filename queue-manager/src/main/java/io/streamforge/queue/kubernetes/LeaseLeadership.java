package io.streamforge.queue.kubernetes;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.streamforge.queue.reconcile.Leadership;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership by a Lease, after the rules of client-go's leader election: whoever holds it writes it again every second; whoever does
 * not watches whether it changes, by a clock of its own, and takes it when it has not for as long as it was granted. A holder stops
 * acting {@link #GRANTED} minus {@link #SAFETY} after the beginning of its last write that succeeded, whatever has held it up
 * since: before anybody else may take the Lease.
 */
public final class LeaseLeadership implements Leadership {

    static final Duration GRANTED = Duration.ofSeconds(7);
    static final Duration SAFETY = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration REQUEST = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(LeaseLeadership.class);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final String identity;
    private final LongSupplier nanos;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "lease");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Lease seen;
    private long seenAt;
    private boolean failing;
    private volatile @Nullable Long writtenAt;

    LeaseLeadership(KubernetesClient client, String namespace, String name, String identity, LongSupplier nanos) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.identity = identity;
        this.nanos = nanos;
    }

    /** @param name of the Lease in the cluster's namespace */
    public static LeaseLeadership of(Cluster cluster, String name) {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("queue-manager");
        // A container that is started again in the same pod is somebody else.
        String identity = host + "_" + UUID.randomUUID();
        return new LeaseLeadership(cluster.impatient(REQUEST), cluster.namespace(), name, identity, System::nanoTime);
    }

    @Override
    public void start() {
        var unused = loop.scheduleWithFixedDelay(this::turn, 0, RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean leads() {
        Long written = writtenAt;
        return written != null
                && nanos.getAsLong() - written < GRANTED.minus(SAFETY).toNanos();
    }

    @Override
    public boolean shared() {
        return true;
    }

    /** Takes, keeps or watches the Lease. */
    void turn() {
        try {
            Lease held = seen;
            if (leads() && held != null) {
                write(held);
            } else {
                strive();
            }
            failing = false;
        } catch (KubernetesClientException e) {
            failed(e);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("lease failed");
        }
    }

    private void failed(KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
            // Somebody else was faster; the next turn shows who.
            writtenAt = null;
        } else if (!failing) {
            failing = true;
            log.atWarn()
                    .addKeyValue("lease", name)
                    .addKeyValue("reason", e.getMessage())
                    .log("lease cannot be reached");
        }
    }

    private void strive() {
        Lease found = lease().get();
        if (found == null) {
            note(found);
            write(null);
            return;
        }
        if (!same(found)) {
            note(found);
        }
        if (vacant(found) || nanos.getAsLong() - seenAt >= granted(found).toNanos()) {
            write(found);
        }
    }

    private void note(@Nullable Lease found) {
        seen = found;
        seenAt = nanos.getAsLong();
    }

    private boolean same(Lease found) {
        Lease before = seen;
        return before != null
                && Objects.equals(
                        before.getMetadata().getResourceVersion(),
                        found.getMetadata().getResourceVersion());
    }

    private boolean vacant(Lease lease) {
        String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
        return holder == null || holder.isEmpty() || holder.equals(identity);
    }

    private static Duration granted(Lease lease) {
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        return seconds == null ? GRANTED : Duration.ofSeconds(seconds);
    }

    private void write(@Nullable Lease before) {
        long begun = nanos.getAsLong();
        Lease ours = ours(before);
        note(
                before == null
                        ? client.resource(ours).create()
                        : client.resource(ours).update());
        writtenAt = begun;
    }

    private Lease ours(@Nullable Lease before) {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        LeaseSpec old = before == null || before.getSpec() == null ? new LeaseSpec() : before.getSpec();
        boolean held = identity.equals(old.getHolderIdentity());
        int transitions = old.getLeaseTransitions() == null ? 0 : old.getLeaseTransitions();
        return (before == null ? new LeaseBuilder() : new LeaseBuilder(before))
                .editOrNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds((int) GRANTED.toSeconds())
                .withRenewTime(now)
                .withAcquireTime(held ? old.getAcquireTime() : now)
                .withLeaseTransitions(held || before == null ? transitions : transitions + 1)
                .endSpec()
                .build();
    }

    private Resource<Lease> lease() {
        return client.leases().inNamespace(namespace).withName(name);
    }

    /** Lets another lead at once. */
    @Override
    public void close() {
        loop.shutdownNow();
        try {
            loop.awaitTermination(REQUEST.toMillis(), TimeUnit.MILLISECONDS);
            release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KubernetesClientException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("lease was not released; it runs out");
        } finally {
            client.close();
        }
    }

    private void release() {
        Lease held = seen;
        boolean leads = leads();
        writtenAt = null;
        if (leads && held != null) {
            client.resource(new LeaseBuilder(held)
                            .editSpec()
                            .withHolderIdentity("")
                            .endSpec()
                            .build())
                    .update();
        }
    }
}
