package io.streamforge.queue;

import io.streamforge.queue.reconcile.ControlLoop;
import org.springframework.context.SmartLifecycle;

/** Runs the control loop from when everything is in place until the application ends. */
final class ControlLoopLifecycle implements SmartLifecycle {

    private final ControlLoop loop;
    private volatile boolean running;

    ControlLoopLifecycle(ControlLoop loop) {
        this.loop = loop;
    }

    @Override
    public void start() {
        running = true;
        loop.start();
    }

    @Override
    public void stop() {
        running = false;
        loop.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
