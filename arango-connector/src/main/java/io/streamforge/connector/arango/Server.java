package io.streamforge.connector.arango;

import com.arangodb.ArangoDB;

/** What the server can do. */
record Server(String version, boolean versionGuard) {

    private static final int MAJOR = 3;
    private static final int MINOR = 12;

    static Server of(ArangoDB client) {
        String version = client.getVersion().getVersion();
        String[] parts = version.split("[.-]");
        int major = Integer.parseInt(parts[0]);
        int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        return new Server(version, major > MAJOR || (major == MAJOR && minor >= MINOR));
    }
}
