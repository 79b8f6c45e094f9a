package io.streamforge.connector.postgresql;

import java.util.Locale;

/** Slots are named {@code streamforge_<workflow>}, with a hash where letters had to be changed or left out. */
final class SlotName {

    private static final String PREFIX = "streamforge_";
    private static final int LONGEST = 63;

    private SlotName() {}

    static String of(String workflow) {
        String letters = workflow.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        String name = PREFIX + letters;
        if (letters.equals(workflow) && name.length() <= LONGEST) {
            return name;
        }
        String hash = "_" + Integer.toHexString(workflow.hashCode());
        return name.substring(0, Math.min(name.length(), LONGEST - hash.length())) + hash;
    }
}
