package io.streamforge.connector.capture;

import java.util.Map;

/** A place in a database's log; the log is complete up to it. */
public interface LogPosition {

    /** True when everything up to {@code other} lies before or at this place. */
    boolean covers(LogPosition other);

    /** Small JSON from which the connector finds the place again; also names the server, so that another one is recognised. */
    Map<String, Object> values();
}
