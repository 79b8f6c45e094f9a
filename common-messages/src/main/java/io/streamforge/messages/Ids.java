package io.streamforge.messages;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Queue ids ({@code wf-<name>-<yyyymmdd>-<6 hex>}) and telemetry ids ({@code <worker>__<6 hex>}). */
public final class Ids {

    /** Longest workflow name; leaves room in a topic's 249 characters for the ids and suffixes around it. */
    public static final int MAX_WORKFLOW_NAME = 100;

    private static final int HEX_DIGITS = 6;

    private Ids() {}

    /**
     * A new queue id.
     *
     * @param name the workflow's name, or {@code <symbol>-<type>} of a template that has both
     * @param date the day the run is about: the first of a template's time range, otherwise today
     */
    public static String queueId(String name, LocalDate date, RandomGenerator random) {
        String hex = HexFormat.of().toHexDigits(random.nextLong(), HEX_DIGITS);
        return "wf-" + name.toLowerCase(Locale.ROOT) + "-" + date.format(DateTimeFormatter.BASIC_ISO_DATE) + "-" + hex;
    }

    /** The hex digits that end a queue id. */
    public static String suffix(String queueId) {
        return queueId.substring(queueId.length() - HEX_DIGITS);
    }

    public static String telemetryId(String worker, String queueId, int task) {
        String id = worker + "__" + suffix(queueId);
        return task == 0 ? id : id + "-" + task;
    }
}
