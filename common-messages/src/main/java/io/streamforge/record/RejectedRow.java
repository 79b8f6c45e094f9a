package io.streamforge.record;

/**
 * Something that should have become a row and could not.
 *
 * @param place where it was found, for a person: {@code orders.csv:17}, {@code page 3, row 12}
 * @param code stable error code
 * @param message what is wrong with it
 * @param raw the input as it was found, cut to a size fit for a message
 */
public record RejectedRow(String place, String code, String message, byte[] raw) {}
