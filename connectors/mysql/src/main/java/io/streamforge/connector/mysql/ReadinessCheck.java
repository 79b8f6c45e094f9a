package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether a server writes a log that changes can be read from, and whether the user may; all that is missing at once. */
final class ReadinessCheck {

    private final ServerSession session;
    private final Duration minRetention;
    private final List<String> missing = new ArrayList<>();
    private final List<String> remedies = new ArrayList<>();

    private ReadinessCheck(ServerSession session, Duration minRetention) {
        this.session = session;
        this.minRetention = minRetention;
    }

    /** @throws ConnectorException {@code CAPTURE-NOT-READY} naming everything that is missing and how to set it */
    static void require(ServerSession session, Duration minRetention) throws ConnectorException {
        ReadinessCheck check = new ReadinessCheck(session, minRetention);
        check.variables();
        check.privileges();
        check.replica();
        if (!check.missing.isEmpty()) {
            throw CaptureErrors.unprepared(
                    session.address().place() + ": " + String.join("; ", check.missing),
                    String.join("; ", check.remedies));
        }
    }

    static ConnectorException withoutLog(ServerAddress address) {
        return CaptureErrors.unprepared(
                address.place() + ": the binary log is off", "start the server with --log-bin and a --server-id");
    }

    private void variables() throws ConnectorException {
        Map<String, String> values = session.variables(
                "log_bin",
                "binlog_format",
                "binlog_row_image",
                "binlog_row_value_options",
                "server_id",
                "binlog_expire_logs_seconds",
                "expire_logs_days");
        if (!on(values.get("log_bin"))) {
            missing("the binary log is off", "start the server with --log-bin");
        }
        requireValue(values, "binlog_format", "ROW");
        requireValue(values, "binlog_row_image", "FULL");
        if (values.getOrDefault("binlog_row_value_options", "")
                .toUpperCase(Locale.ROOT)
                .contains("PARTIAL_JSON")) {
            missing("binlog_row_value_options is PARTIAL_JSON", "SET GLOBAL binlog_row_value_options=''");
        }
        if (values.getOrDefault("server_id", "1").equals("0")) {
            missing("server_id is 0", "SET GLOBAL server_id to a number of its own");
        }
        retention(values);
    }

    private void requireValue(Map<String, String> values, String name, String wanted) {
        String found = values.getOrDefault(name, wanted);
        if (!found.equalsIgnoreCase(wanted)) {
            missing(
                    name + " is " + found,
                    "SET GLOBAL " + name + "=" + wanted + " (sessions that are open keep the old value)");
        }
    }

    private void retention(Map<String, String> values) {
        long seconds = Long.parseLong(values.getOrDefault("binlog_expire_logs_seconds", "0"));
        if (seconds > 0 && seconds < minRetention.toSeconds()) {
            missing(
                    "binary logs are kept for " + seconds + " s only",
                    "SET GLOBAL binlog_expire_logs_seconds to at least " + minRetention.toSeconds()
                            + ", or lower the option min_retention");
        }
    }

    private void privileges() throws ConnectorException {
        String grants = String.join(
                        "; ",
                        session.rows("SHOW GRANTS").stream()
                                .map(row -> row.get(0))
                                .toList())
                .toUpperCase(Locale.ROOT);
        boolean all = grants.contains("GRANT ALL PRIVILEGES ON *.*");
        // What comes by a role is not listed; the server itself will say.
        boolean roles = grants.matches(".*GRANT `[^`]+`(@`[^`]*`)? TO.*");
        if (!all && !roles && !grants.contains("REPLICATION SLAVE")) {
            missing("the user may not read the log", "GRANT REPLICATION SLAVE ON *.* TO the user");
        }
        if (!all
                && !roles
                && !grants.contains("REPLICATION CLIENT")
                && !grants.contains("BINLOG MONITOR")
                && !grants.contains("SUPER")) {
            missing(
                    "the user may not ask where the log ends",
                    "GRANT REPLICATION CLIENT (MariaDB: BINLOG MONITOR) ON *.* TO the user");
        }
    }

    /** A replica logs what it replicates only when it is told to. */
    private void replica() throws ConnectorException {
        Map<String, String> values = session.variables("log_slave_updates", "log_replica_updates");
        boolean logs = values.isEmpty() || values.values().stream().anyMatch(ReadinessCheck::on);
        if (!logs && isReplica()) {
            missing("it is a replica that does not log what it replicates", "start it with --log-slave-updates");
        }
    }

    private boolean isReplica() {
        try {
            return !session.rows("SHOW SLAVE STATUS").isEmpty();
        } catch (ConnectorException e) {
            // The privilege for this question is needed for nothing else.
            return false;
        }
    }

    private static boolean on(@org.jspecify.annotations.Nullable String value) {
        return value != null && (value.equalsIgnoreCase("ON") || value.equals("1"));
    }

    private void missing(String what, String remedy) {
        missing.add(what);
        remedies.add(remedy);
    }
}
