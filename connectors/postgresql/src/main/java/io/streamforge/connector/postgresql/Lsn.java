package io.streamforge.connector.postgresql;

/** LSNs as PostgreSQL writes them, {@code 16/B374D848}. */
final class Lsn {

    private static final int HALF = 32;
    private static final int HEX = 16;

    private Lsn() {}

    static long parse(String text) {
        int slash = text.indexOf('/');
        return (Long.parseLong(text.substring(0, slash), HEX) << HALF) | Long.parseLong(text.substring(slash + 1), HEX);
    }

    static String text(long lsn) {
        return Long.toHexString(lsn >>> HALF).toUpperCase(java.util.Locale.ROOT) + "/"
                + Long.toHexString(lsn & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
