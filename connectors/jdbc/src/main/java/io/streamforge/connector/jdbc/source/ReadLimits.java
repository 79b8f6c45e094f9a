package io.streamforge.connector.jdbc.source;

/** How much a batch holds: enough to be worth its way, little enough for a small worker. */
final class ReadLimits {

    static final int BATCH_BYTES = 256 << 10;
    static final int BATCH_SLACK = 16 << 10;
    static final int BATCH_ROWS = 8192;
    static final int MAX_REJECTED = 1000;

    private ReadLimits() {}
}
