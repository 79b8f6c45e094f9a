package io.streamforge.queue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several contenders for one Lease on an API server, whose turns and clocks are moved by hand. */
@EnableKubernetesMockClient(crud = true)
class LeaseLeadershipIT {

    private static final Duration UNTIL_IT_STOPS = LeaseLeadership.GRANTED.minus(LeaseLeadership.SAFETY);

    KubernetesClient client;
    private long now = 1;

    @Test
    void shouldLetOneLead() {
        // given
        LeaseLeadership first = contender("first");
        LeaseLeadership second = contender("second");

        // when
        first.turn();
        second.turn();
        pass(Duration.ofSeconds(30), first, second);

        // then
        assertThat(first.leads()).isTrue();
        assertThat(second.leads()).isFalse();
        assertThat(holder()).isEqualTo("first");
    }

    @Test
    void shouldLetAnotherLeadAfterTheLeaderIsGoneButNotBeforeItHasStopped() {
        // given
        LeaseLeadership dead = contender("dead");
        LeaseLeadership second = contender("second");
        dead.turn();
        second.turn();

        // when
        pass(UNTIL_IT_STOPS, second);

        // then
        assertThat(dead.leads()).isFalse();
        assertThat(second.leads()).isFalse();

        // when
        pass(LeaseLeadership.SAFETY.plusSeconds(1), second);

        // then
        assertThat(second.leads()).isTrue();
        assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
    }

    @Test
    void shouldNotLeadAnyMoreWhenItWasHeldUp() {
        // given
        LeaseLeadership first = contender("first");
        LeaseLeadership second = contender("second");
        first.turn();
        second.turn();
        pass(LeaseLeadership.GRANTED.plusSeconds(1), second);

        // when
        boolean actedMeanwhile = first.leads();
        first.turn();

        // then
        assertThat(actedMeanwhile).isFalse();
        assertThat(first.leads()).isFalse();
        assertThat(second.leads()).isTrue();
    }

    @Test
    void shouldStopAtOnceWhenAnotherHasTakenTheLease() {
        // given
        LeaseLeadership first = contender("first");
        first.turn();

        // when
        client.leases().inNamespace("test").withName("queue-manager").edit(lease -> {
            lease.getSpec().setHolderIdentity("other");
            return lease;
        });
        first.turn();

        // then
        assertThat(first.leads()).isFalse();
        assertThat(holder()).isEqualTo("other");
    }

    @Test
    void shouldHandOverAtOnceWhenItIsClosed() {
        // given
        LeaseLeadership first = contender("first");
        LeaseLeadership second = contender("second");
        first.turn();
        second.turn();

        // when
        first.close();
        second.turn();

        // then
        assertThat(first.leads()).isFalse();
        assertThat(second.leads()).isTrue();
    }

    private LeaseLeadership contender(String identity) {
        KubernetesClient own = new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .build();
        return new LeaseLeadership(own, "test", "queue-manager", identity, () -> now);
    }

    /** Seconds go by, in each of which these have a turn. */
    private void pass(Duration time, LeaseLeadership... contenders) {
        for (int i = 0; i < time.toSeconds(); i++) {
            now += Duration.ofSeconds(1).toNanos();
            for (LeaseLeadership contender : contenders) {
                contender.turn();
            }
        }
    }

    private Lease lease() {
        return client.leases().inNamespace("test").withName("queue-manager").get();
    }

    private String holder() {
        return lease().getSpec().getHolderIdentity();
    }
}
