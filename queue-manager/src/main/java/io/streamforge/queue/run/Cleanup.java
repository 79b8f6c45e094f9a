package io.streamforge.queue.run;

/** What has been removed after the end of a run. */
public record Cleanup(boolean workers, boolean commands, boolean topics, boolean deadLetters) {

    public static final Cleanup NONE = new Cleanup(false, false, false, false);
}
