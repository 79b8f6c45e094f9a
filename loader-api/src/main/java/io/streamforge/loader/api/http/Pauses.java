package io.streamforge.loader.api.http;

import java.time.Duration;

/** How a thread waits. */
@FunctionalInterface
public interface Pauses {

    Pauses SLEEP = duration -> Thread.sleep(duration.toMillis());

    void pause(Duration duration) throws InterruptedException;
}
