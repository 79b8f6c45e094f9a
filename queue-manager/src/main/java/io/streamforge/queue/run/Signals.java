package io.streamforge.queue.run;

/** Which commands the current attempt of a vertex has been sent, after its start. */
public record Signals(boolean paused, boolean drained, boolean stopped) {

    public static final Signals NONE = new Signals(false, false, false);

    public Signals withPaused(boolean value) {
        return new Signals(value, drained, stopped);
    }

    public Signals withDrained() {
        return new Signals(paused, true, stopped);
    }

    public Signals withStopped() {
        return new Signals(paused, drained, true);
    }
}
