package io.streamforge.standalone;

/** Names inside the data directory that the command line knows of. */
final class DataDirectory {

    static final String DEFAULT = "streamforge-data";
    static final String TOKEN = "admin-token";
    static final String BROKER = "broker";

    private DataDirectory() {}
}
