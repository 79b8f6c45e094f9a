package io.streamforge.connector.mysql;

import com.github.shyiko.mysql.binlog.GtidSet;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.capture.CaptureErrors;
import java.util.List;

/** Whether the log can be read on from a position: the same server, the same history, the file still there. */
final class ContinuityCheck {

    private final ServerSession session;
    private final Server server;

    ContinuityCheck(ServerSession session, Server server) {
        this.session = session;
        this.server = server;
    }

    /** @throws ConnectorException {@code CAPTURE-OTHER-SERVER} or {@code CAPTURE-LOG-LOST}, never tried again */
    void require(BinlogPosition from) throws ConnectorException {
        if (!from.server().equals(server.identity())) {
            throw CaptureErrors.otherServer(from.server(), server.identity());
        }
        requireFile(from);
        requireHistory(from);
    }

    private void requireFile(BinlogPosition from) throws ConnectorException {
        List<List<String>> logs = session.rows("SHOW BINARY LOGS");
        List<String> log = logs.stream()
                .filter(row -> row.get(0).equals(from.file()))
                .findFirst()
                .orElseThrow(() -> Failures.lost(
                        session.address(),
                        from,
                        "the file is gone, the oldest there is "
                                + (logs.isEmpty() ? "none" : logs.get(0).get(0))));
        if (Long.parseLong(log.get(1)) < Math.max(from.offset(), from.inside())) {
            throw Failures.lost(
                    session.address(),
                    from,
                    "the file is only " + log.get(1) + " bytes long: the server has lost its end");
        }
    }

    private void requireHistory(BinlogPosition from) throws ConnectorException {
        if (from.gtids().isEmpty()) {
            return;
        }
        BinlogPosition end = session.logEnd(server);
        boolean contained = server.mariaDb()
                ? MariaDbHistory.contains(end.gtids(), from.gtids())
                : new GtidSet(from.gtids()).isContainedWithin(new GtidSet(end.gtids()));
        if (!contained) {
            throw Failures.lost(
                    session.address(),
                    from,
                    "the server's transactions " + end.gtids() + " do not contain " + from.gtids()
                            + ": its log was reset or it was restored");
        }
    }
}
