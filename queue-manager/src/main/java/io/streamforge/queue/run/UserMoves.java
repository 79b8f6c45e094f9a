package io.streamforge.queue.run;

import io.streamforge.queue.run.Desired.Goal;

/** What users ask for; takes effect at once where nothing has to be waited for. */
final class UserMoves {

    private UserMoves() {}

    static void apply(RunEditor run, UserCommand command, String actor) {
        switch (command) {
            case STOP -> {
                if (!run.state().ended()) {
                    want(run, Goal.STOPPED, actor);
                }
            }
            case PAUSE -> {
                requireGoingOn(run, "paused");
                want(run, Goal.PAUSED, actor);
            }
            case RESUME -> {
                requireGoingOn(run, "resumed");
                want(run, Goal.RUNNING, actor);
            }
            case RETRY -> retry(run, actor);
        }
    }

    private static void want(RunEditor run, Goal goal, String actor) {
        if (run.desired().goal() != goal) {
            run.desired(new Desired(goal, run.now(), actor));
        }
    }

    private static void requireGoingOn(RunEditor run, String word) {
        if (run.state().ended() || run.desired().stopped()) {
            throw new IllegalMoveException("run %s is %s and cannot be %s; start the workflow again instead"
                    .formatted(
                            run.before().queueId(),
                            run.state().ended() ? run.state().label() : "being stopped",
                            word));
        }
    }

    private static void retry(RunEditor run, String actor) {
        Run before = run.before();
        if (!(run.state() instanceof RunState.Failed)) {
            throw new IllegalMoveException("run %s is %s; only a failed run can be retried"
                    .formatted(before.queueId(), run.state().label()));
        }
        if (before.cleanup().topics()) {
            throw new IllegalMoveException(
                    "the topics of run %s are gone; start the workflow again instead".formatted(before.queueId()));
        }
        run.desired(new Desired(Goal.RUNNING, run.now(), actor));
        run.move(new RunState.Starting(run.now(), Restarts.NONE, null), "retried", actor);
        run.error(null).cleanup(Cleanup.NONE);
        for (Vertex vertex : run.vertices()) {
            if (!(vertex.state() instanceof VertexState.Completed)) {
                run.move(vertex, new VertexState.Waiting(), "retried", actor);
                run.put(vertex.with(Restarts.NONE).again());
            }
        }
    }
}
