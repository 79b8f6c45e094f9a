package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many small runs at once, each by pods of its own: what they cost, and what queue-manager keeps of them. Takes as long as all the others together. */
@OnCluster
@Tag("chaos")
class ManyRunsST {

    private static final Logger log = LoggerFactory.getLogger(ManyRunsST.class);
    private static final int RUNS = 200;
    private static final int FINISHED = 1000;
    private static final int CALLERS = 8;
    private static final int ROWS = 50;
    private static final int MOST_REQUESTS_PER_RUN = 15;
    private static final long MOST_MEMORY = 350L << 20;
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Pattern REQUESTS =
            Pattern.compile("streamforge_kubernetes_requests_total\\{[^}]*resource=\"([^\"]*)\"[^}]*} ([0-9.E+]+)");

    private static Installation installation;
    private static Api api;

    @BeforeAll
    static void install() {
        installation = Installation.of("many", Installation.outside(1) + "workers: {memory: 256MB, cpu: 20m}\n");
        api = installation.api();
    }

    @AfterAll
    static void remove() {
        installation.close();
    }

    @Test
    void shouldCompleteTwoHundredRunsAndLeaveNothingAndStaySmallBehindAThousand() {
        // given
        CsvFile file = CsvFile.create(installation, ROWS);
        Target target = Target.create();
        api.completed(api.start("name: before\n" + file.source() + target.sinks()), LIMIT);
        double before = requests();
        Instant begun = Instant.now();

        // when
        List<String> runs = post(RUNS, number -> "name: small-" + number + "\n" + file.source() + target.sinks());
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMinutes(1));

        // then
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> underWay() == 0);
        Duration taken = Duration.between(begun, Instant.now());
        assertThat(runs).allSatisfy(run -> assertThat(api.state(run)).isEqualTo("completed"));
        assertThat(target.written()).isEqualTo(ROWS * (RUNS + 1L));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(installation.leftovers()).isEmpty());
        double requests = (requests() - before) / RUNS;
        log.atInfo()
                .addKeyValue("runs", RUNS)
                .addKeyValue("seconds", taken.toSeconds())
                .addKeyValue("requests_per_run", requests)
                .log("completed");
        assertThat(requests).isLessThan(MOST_REQUESTS_PER_RUN);

        // when: these end while they are prepared, for their file is not there
        post(
                FINISHED - RUNS,
                number -> "name: failing-" + number + "\n" + new CsvFile("none").source() + target.sinks());

        // then
        await().atMost(LIMIT).pollInterval(Duration.ofSeconds(1)).until(() -> underWay() == 0);
        assertThat(total("")).isGreaterThan(FINISHED);
        PodMemory memory =
                PodMemory.of(installation.client(), installation.queueManagers().get(0));
        log.atInfo().addKeyValue("memory", memory).log("a thousand runs behind");
        assertThat(memory.workingSet()).isLessThan(MOST_MEMORY);
    }

    /** By several callers at the same time. */
    private static List<String> post(int count, IntFunction<String> workflow) {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<String>> runs = new ArrayList<>();
            IntStream.range(0, count)
                    .mapToObj(workflow)
                    .forEach(text -> runs.add(callers.submit(() -> api.start(text))));
            List<String> ids = new ArrayList<>();
            for (Future<String> run : runs) {
                ids.add(run.get());
            }
            return ids;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            callers.shutdownNow();
        }
    }

    private static long underWay() {
        return total("&state=pending&state=scheduled&state=starting&state=running&state=draining");
    }

    private static long total(String filter) {
        return api.get("/api/v1/runs?limit=1" + filter).json().path("total").asLong();
    }

    /** To the API server, all but those that keep the Lease. */
    private static double requests() {
        Matcher matcher = REQUESTS.matcher(api.get("/actuator/prometheus").body());
        double sum = 0;
        while (matcher.find()) {
            if (!matcher.group(1).equals("leases")) {
                sum += Double.parseDouble(matcher.group(2));
            }
        }
        return sum;
    }
}
