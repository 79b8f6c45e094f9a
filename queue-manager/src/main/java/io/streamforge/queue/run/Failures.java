package io.streamforge.queue.run;

import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a vertex whose worker failed: the next attempt after a wait, or the end. */
final class Failures {

    private final Duration quickRestart;

    Failures(Duration quickRestart) {
        this.quickRestart = quickRestart;
    }

    /** The worker went away without a word; its first restart does not wait. */
    void lost(RunEditor run, Vertex vertex, String code, String message) {
        ErrorInfo error =
                new ErrorInfo(code, Category.TRANSIENT, message, null, "the log of " + vertex.name() + " may say more");
        lost(run, vertex, error);
    }

    void lost(RunEditor run, Vertex vertex, ErrorInfo error) {
        decide(run, vertex, error, true);
    }

    void failed(RunEditor run, Vertex vertex, ErrorInfo error) {
        decide(run, vertex, error, false);
    }

    private void decide(RunEditor run, Vertex vertex, ErrorInfo error, boolean lost) {
        if (run.desired().stopped()) {
            run.move(vertex, new VertexState.Stopped(run.now()), error.message(), Settling.SELF);
            return;
        }
        Restarts restarts = vertex.restarts().failed(run.now());
        Optional<Duration> delay = error.category().retryable()
                ? run.before().origin().terms().restart().delay(restarts, run.now())
                : Optional.empty();
        boolean first = lost && restarts.inRow() == 1;
        Vertex counted = vertex.with(restarts);
        run.error(error);
        delay.map(wait -> first && wait.compareTo(quickRestart) > 0 ? quickRestart : wait)
                .ifPresentOrElse(
                        wait -> run.move(
                                counted,
                                new VertexState.Backoff(run.now().plus(wait), error),
                                error.message(),
                                Settling.SELF),
                        () -> run.move(
                                counted, new VertexState.Failed(run.now(), error), error.message(), Settling.SELF));
    }
}
