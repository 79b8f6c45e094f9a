package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** KEDA takes the workers of a sink from none to as many as there are partitions, and back. */
@OnCluster
class ScaleST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int FIRST = 1000;
    private static final int MANY = 300_000;

    private static Installation installation;
    private static Api api;

    @BeforeAll
    static void install() {
        installation = Installation.of("scale", Installation.outside(1));
        api = installation.api();
        assumeTrue(
                installation.client().supports("keda.sh/v1alpha1", "ScaledObject"), "the cluster does not have KEDA");
    }

    @AfterAll
    static void remove() {
        installation.close();
    }

    @Test
    void shouldFollowTheLagFromNoneToThreeAndBack() throws SQLException {
        try (Feed feed = new Feed()) {
            // given: a sink with nothing to do
            Target target = Target.create();
            String queueId = api.start("name: scaled\nmode: streaming\n" + feed.source() + target.sinks() + """
                    resources: {partitions: 3}
                    kubernetes:
                      scale: {min: 0, max: 3, lag: 1000, cool_down: 10s}
                    """);
            feed.release(FIRST);
            await("first rows").atMost(LIMIT).until(() -> target.written() == FIRST);
            await("none").atMost(LIMIT).until(() -> workers(queueId) == 0);

            // when: more comes than one of them can write, for the target does not let it
            try (Connection connection = target.database().connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE rows IN SHARE MODE");
                feed.release(MANY);
                await("three").atMost(LIMIT).until(() -> workers(queueId) == 3);
                connection.rollback();
            }

            // then
            await("all rows").atMost(LIMIT).until(() -> target.written() >= FIRST + MANY);
            await("none again").atMost(LIMIT).until(() -> workers(queueId) == 0);
            feed.release(FIRST);
            await("last rows").atMost(LIMIT).until(() -> target.written() >= 2 * FIRST + MANY);
            target.requireExact(2 * FIRST + MANY);

            api.post("/api/v1/runs/" + queueId + "/stop", "");
            await().atMost(LIMIT).until(() -> api.state(queueId).equals("stopped"));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(installation.leftovers()).isEmpty());
        }
    }

    private static int workers(String queueId) {
        return installation.running(queueId, "sink").size();
    }
}
