package io.streamforge.connector.capture;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;

/** Why a capture halts instead of skipping; each with its way out. The codes are stable. */
public final class CaptureErrors {

    private static final String FRESH =
            "start the workflow with from: fresh; it reads the tables again and follows the log from now on";

    private CaptureErrors() {}

    /** The log at the position is another server's. */
    public static ConnectorException otherServer(String known, String found) {
        return fatal(
                "CAPTURE-OTHER-SERVER",
                "the position is of server " + known + ", the database is server " + found,
                "connect to the server the workflow began with, or " + FRESH);
    }

    /** What lies behind the position is no longer there: purged binlog, dropped slot, slot that lost its WAL. */
    public static ConnectorException logLost(String what) {
        return fatal("CAPTURE-LOG-LOST", what, FRESH);
    }

    /** The position is not what this connector writes. */
    public static ConnectorException position(String what) {
        return fatal("CAPTURE-POSITION", what, FRESH);
    }

    /** A table changed in a way that the chosen mode does not follow. */
    static ConnectorException schema(SchemaDecision.Halt halt) {
        return fatal("CAPTURE-SCHEMA", halt.reason(), halt.suggestion());
    }

    /** Rows without a key cannot be put in the place of one another. */
    public static ConnectorException withoutKey(String table) {
        return fatal(
                "CAPTURE-NO-KEY",
                "table '" + table + "' has no primary key",
                "give it one, or leave it out of 'tables'");
    }

    /** The server is not set up for capture, or the user may not. */
    public static ConnectorException unprepared(String what, String suggestion) {
        return fatal("CAPTURE-NOT-READY", what, suggestion);
    }

    private static ConnectorException fatal(String code, String message, String suggestion) {
        return new ConnectorException(code, Category.FATAL, message, suggestion);
    }
}
