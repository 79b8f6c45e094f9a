package io.streamforge.queue.api;

import io.streamforge.queue.launch.Launcher;
import io.streamforge.queue.launch.LogChunk;
import io.streamforge.queue.run.TaskNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads the logs of a run's tasks one after the other; a heading says whose lines follow, as {@code tail -f} does. */
final class RunLogs {

    private static final int CHUNK = 64 << 10;
    private static final Duration POLL = Duration.ofMillis(300);

    private final Launcher launcher;

    RunLogs(Launcher launcher) {
        this.launcher = launcher;
    }

    private static final class Cursor {
        private final Map<String, Long> offsets = new HashMap<>();
        private String heading = "";
        private boolean last;
    }

    /** @param goesOn whether more is to be waited for, asked before each round */
    Flux<String> read(String queueId, @Nullable String vertex, BooleanSupplier goesOn) {
        Cursor cursor = new Cursor();
        return Mono.fromCallable(() -> round(queueId, vertex, cursor, goesOn))
                .subscribeOn(Schedulers.boundedElastic())
                .repeatWhen(rounds -> rounds.concatMap(done -> cursor.last ? Mono.<Long>empty() : Mono.delay(POLL), 1))
                .takeUntil(round -> cursor.last)
                .concatMapIterable(round -> round);
    }

    private List<String> round(String queueId, @Nullable String vertex, Cursor cursor, BooleanSupplier goesOn) {
        // What is written before a run ends is read in the round after.
        cursor.last = !goesOn.getAsBoolean();
        List<String> texts = new ArrayList<>();
        for (String task : launcher.logs(queueId)) {
            if (vertex == null || belongs(task, queueId, vertex)) {
                read(queueId, task, cursor, texts);
            }
        }
        return texts;
    }

    private void read(String queueId, String task, Cursor cursor, List<String> texts) {
        while (true) {
            LogChunk chunk = launcher.log(queueId, task, cursor.offsets.getOrDefault(task, 0L), CHUNK);
            if (chunk.text().isEmpty()) {
                return;
            }
            if (!cursor.heading.equals(task)) {
                texts.add("==> " + task + " <==\n");
                cursor.heading = task;
            }
            texts.add(chunk.text());
            cursor.offsets.put(task, chunk.next());
        }
    }

    private static boolean belongs(String task, String queueId, String vertex) {
        for (int attempt = 1; attempt <= 1000; attempt++) {
            String name = TaskNames.of(queueId, vertex, attempt);
            // Tasks that may have several pods have a log for each of them.
            if (task.equals(name) || task.startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }
}
