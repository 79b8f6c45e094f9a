package io.streamforge.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simulated exchange's live trades of fifty symbols → Kafka: how many a second reach the topic, and what loader and exchange cost. An
 * exchange that is not read as fast as it trades falls behind, so that the rate is the limit when it is below what was asked for. The
 * sink writes a file and may lag. Arguments: path of the {@code streamforge} command, trades per second of each symbol (1,000),
 * seconds (60).
 */
public final class LiveFeed {

    private static final String READY = "simulated exchange is ready at ";
    private static final int SYMBOLS = 50;
    private static final int STEPS = 6;
    private static final double TICKS_PER_SECOND = 100;
    private static final Pattern PEAK = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private LiveFeed() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 60;
        new LiveFeed().measure(args[0], rate, seconds);
    }

    private void measure(String command, int rate, int seconds) throws IOException, InterruptedException {
        Process exchange = new ProcessBuilder(command, "simulate", "--port", "0", "--trades-per-second", "" + rate)
                .redirectErrorStream(true)
                .start();
        try (ServerProcess server = new ServerProcess(command, "--launcher", "process")) {
            String url = url(exchange);
            String queueId = server.post(workflow(url, server.directory()));
            while (server.reported(queueId, "source", "records_read") == 0) {
                Thread.sleep(100);
            }
            long loader = loader(queueId).orElseThrow();
            Thread.sleep(10_000);
            out.printf(Locale.ROOT, "asked for: %,d trades/s%n", rate * SYMBOLS);
            for (int step = 0; step < STEPS; step++) {
                step(server, queueId, loader, exchange.pid(), seconds * 1_000L / STEPS);
            }
            // Workers are processes of their own and outlive the server.
            server.send("POST", "/api/v1/runs/" + queueId + "/stop", "");
            while (!server.state(queueId).equals("stopped")) {
                Thread.sleep(100);
            }
        } finally {
            exchange.destroy();
        }
    }

    private void step(ServerProcess server, String queueId, long loader, long exchange, long millis)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long read = server.reported(queueId, "source", "records_read");
        double loaderCpu = cpu(loader);
        double exchangeCpu = cpu(exchange);
        Thread.sleep(millis);
        long rows = server.reported(queueId, "source", "records_read") - read;
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.printf(
                Locale.ROOT,
                "%,.0f trades/s  loader %.2f cores, %d MB  exchange %.2f cores%n",
                rows / seconds,
                (cpu(loader) - loaderCpu) / seconds,
                memory(loader),
                (cpu(exchange) - exchangeCpu) / seconds);
    }

    private static String workflow(String url, Path directory) throws IOException {
        String example = Files.readString(Path.of("examples", "live-market", "workflow.yaml"));
        String source = example.substring(0, example.indexOf("sinks:"));
        return source.replace("http://localhost:8190", url)
                        .replace("ws://localhost:8190", url.replace("http:", "ws:"))
                        .replace("[trades, candles_1m]", "[trades]")
                + "max_lag: {records: 1000000000, bytes: 64GiB}\n"
                + "sinks:\n  - connector: file\n    options: {path: " + directory + "/trades.csv}\n";
    }

    private static String url(Process exchange) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(exchange.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the exchange ended before it was ready");
        }
        return line.substring(READY.length()).strip();
    }

    private static Optional<Long> loader(String queueId) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("-Dstreamforge.task=") && line.contains(queueId + "-source"))
                        .isPresent())
                .map(ProcessHandle::pid)
                .findFirst();
    }

    /** Seconds of processor time so far. */
    private static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static long memory(long pid) throws IOException {
        Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc", String.valueOf(pid), "status")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) / 1_000 : 0;
    }
}
