package io.streamforge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel's own account of a process's greatest resident size, for a command and the workers it started. Looking costs the
 * measured processes their processor, so that workers are looked for twice a second.
 */
final class PeakMemory {

    private static final Pattern TASK = Pattern.compile("-Dstreamforge\\.task=\\S*-(source|sink)\\S*");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Process command;
    private final Map<String, Long> megabytes = new TreeMap<>();

    PeakMemory(Process command) {
        this.command = command;
    }

    /** Waits for the command to end, looking on. */
    void await() throws InterruptedException {
        do {
            sample();
        } while (!command.waitFor(500, TimeUnit.MILLISECONDS));
    }

    /** The peaks seen, in MB, by {@code command}, {@code source} and {@code sink}. */
    Map<String, Long> megabytes() {
        return megabytes;
    }

    private void sample() {
        note("command", command.toHandle());
        command.descendants().forEach(process -> process.info().commandLine().ifPresent(line -> {
            Matcher task = TASK.matcher(line);
            if (task.find()) {
                note(task.group(1), process);
            }
        }));
    }

    private void note(String name, ProcessHandle process) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
            if (peak.find()) {
                megabytes.merge(name, Long.parseLong(peak.group(1)) / 1000, Math::max);
            }
        } catch (IOException e) {
            // The process ended between being listed and being read; what was noted before stands.
            return;
        }
    }
}
