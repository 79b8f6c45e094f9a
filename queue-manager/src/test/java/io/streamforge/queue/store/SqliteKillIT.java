package io.streamforge.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queue.store.Write.AddAudit;
import io.streamforge.queue.store.Write.PutRun;
import io.streamforge.queue.store.jdbc.SqliteStoreProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteKillIT {

    private static final String WRITTEN = "written ";
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 200;

    @TempDir
    Path directory;

    @Test
    void shouldHaveEveryAcknowledgedWriteAfterAKill() throws IOException, InterruptedException {
        // given: another JVM that prints a line for each write that has returned
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        // when
        int acknowledged = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged =
                        line.startsWith(WRITTEN) ? Integer.parseInt(line.substring(WRITTEN.length())) : acknowledged;
                if (acknowledged == ACKNOWLEDGED_BEFORE_THE_KILL) {
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();

        // then
        try (Store store = new SqliteStoreProvider().open(url(), Map.of())) {
            long written = store.runs(new RunFilter(null, Set.of(), 0, 1)).total();
            assertThat(written).isBetween((long) acknowledged, acknowledged + 1L);
            assertThat(store.audit(Long.MAX_VALUE, 1000)).hasSize((int) Math.min(1000, written));
            store.write(List.of(new PutRun(Samples.run("wf-after-20260301-000001", "after", Samples.NOW))));
        }
    }

    private String url() {
        return "sqlite:" + directory.resolve("metadata.db");
    }

    /** The program that is killed. */
    static final class Writer {
        public static void main(String[] arguments) {
            try (Store store = new SqliteStoreProvider().open(arguments[0], Map.of())) {
                for (int i = 1; ; i++) {
                    store.write(List.of(
                            new PutRun(Samples.run("wf-kill-20260301-%06d".formatted(i), "kill", Samples.NOW)),
                            new AddAudit(Samples.audit("run.create"))));
                    System.out.println(WRITTEN + i);
                }
            }
        }
    }
}
