package io.streamforge.worker;

import io.streamforge.messages.Task;

/** What rejected rows mean for the run. */
record RejectionPolicy(Task.Errors errors) {

    /** A ratio of fewer rows says nothing. */
    private static final long MINIMUM_ROWS = 100;

    boolean keepsLetters() {
        return errors.rejected() == Task.Rejected.DEAD_LETTER;
    }

    /** @throws VertexFailure when the policy is that no row may be rejected */
    void rejected(String place, String code, String message) {
        if (errors.rejected() == Task.Rejected.FAIL) {
            throw VertexFailure.data(
                    code, place + ": " + message, "correct the row, or let errors.rejected be drop or dead-letter");
        }
    }

    /**
     * @param complete nothing more will be read
     * @throws VertexFailure when more rows were rejected than the run allows
     */
    void check(long read, long rejected, boolean complete) {
        if (rejected > 0 && (complete || read >= MINIMUM_ROWS) && rejected > errors.maxRatio() * read) {
            throw VertexFailure.data(
                    "REJECTED-RATIO",
                    rejected + " of " + read + " rows were rejected, more than errors.max_ratio " + errors.maxRatio()
                            + " allows",
                    "look at the run's dead letters; raise errors.max_ratio if so many are expected");
        }
    }
}
