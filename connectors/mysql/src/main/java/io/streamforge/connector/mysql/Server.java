package io.streamforge.connector.mysql;

/**
 * Which server it is.
 *
 * @param identity that no other server of an installation has: MySQL's {@code server_uuid}; MariaDB has none, its server id and
 *     GTID domain stand for it
 */
record Server(boolean mariaDb, String version, String identity) {

    private static final int RENAMED_MAJOR = 8;
    private static final int RENAMED_MINOR = 2;

    /** MySQL 8.2 renamed the statement that tells the log's end. */
    boolean showsBinaryLogStatus() {
        String[] parts = version.split("[^0-9]+");
        if (mariaDb || parts.length < 2) {
            return false;
        }
        int major = Integer.parseInt(parts[0]);
        return major > RENAMED_MAJOR || (major == RENAMED_MAJOR && Integer.parseInt(parts[1]) >= RENAMED_MINOR);
    }
}
