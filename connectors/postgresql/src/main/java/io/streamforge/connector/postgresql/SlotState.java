package io.streamforge.connector.postgresql;

/**
 * What the server says of a slot.
 *
 * @param active somebody reads it
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; empty when unknown
 * @param confirmed what lies before is not sent any more
 * @param lagBytes of log that the server keeps for it
 */
record SlotState(boolean active, String walStatus, long confirmed, long lagBytes) {

    boolean lost() {
        return walStatus.equals("lost");
    }
}
