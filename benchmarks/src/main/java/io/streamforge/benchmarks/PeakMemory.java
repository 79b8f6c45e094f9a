package io.streamforge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel's own account of a process's greatest resident size, for a command and the workers it started. */
final class PeakMemory {

    private static final Pattern TASK = Pattern.compile("-Dstreamforge\\.task=\\S*-(source|sink)\\S*");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private PeakMemory() {}

    /** Notes the peaks so far, in MB, by {@code command}, {@code source} and {@code sink}. */
    static void sample(ProcessHandle command, Map<String, Long> peaks) {
        note("command", command, peaks);
        ProcessHandle.allProcesses()
                .forEach(process -> process.info().commandLine().ifPresent(line -> {
                    Matcher task = TASK.matcher(line);
                    if (task.find()) {
                        note(task.group(1), process, peaks);
                    }
                }));
    }

    private static void note(String name, ProcessHandle process, Map<String, Long> peaks) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
            if (peak.find()) {
                peaks.merge(name, Long.parseLong(peak.group(1)) / 1000, Math::max);
            }
        } catch (IOException e) {
            // The process ended between being listed and being read; what was noted before stands.
            return;
        }
    }
}
