package io.streamforge.queue.api;

import io.streamforge.queue.reconcile.Reconciler;
import io.streamforge.queue.run.Run;

/** Makes views of runs, with what they wait for at this moment. */
final class RunViews {

    private final Reconciler reconciler;

    RunViews(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    RunView of(Run run) {
        return RunView.of(run, reconciler.waitingFor(run.queueId()));
    }
}
