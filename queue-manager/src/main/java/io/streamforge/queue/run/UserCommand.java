package io.streamforge.queue.run;

/** What a user can ask of a run. */
public enum UserCommand {
    STOP,
    PAUSE,
    RESUME,
    RETRY
}
