package io.streamforge.queue.resource;

import io.streamforge.queue.resource.WorkflowStatus.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A Kubernetes event about a resource.
 *
 * @param note for people
 */
record Announcement(Type type, String reason, String note) {

    enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** What is worth telling of a change. */
    static List<Announcement> of(WorkflowStatus before, WorkflowStatus after) {
        List<Announcement> told = new ArrayList<>();
        Condition valid = after.condition(Statuses.VALID).orElse(null);
        if (valid != null && valid.status().equals("False") && !same(before, valid)) {
            told.add(new Announcement(Type.WARNING, valid.reason(), valid.message()));
        }
        if (after.version() != null && !after.version().equals(before.version())) {
            told.add(new Announcement(Type.NORMAL, "Accepted", "stored as version " + after.version()));
        }
        boolean another = after.queueId() != null && !after.queueId().equals(before.queueId());
        if (another) {
            told.add(new Announcement(Type.NORMAL, "RunMade", "run " + after.queueId()));
        }
        if (after.queueId() != null && (another || !Objects.equals(before.state(), after.state()))) {
            state(after, told);
        }
        return told;
    }

    private static boolean same(WorkflowStatus before, Condition valid) {
        return before.condition(Statuses.VALID)
                .filter(old ->
                        old.status().equals(valid.status()) && old.message().equals(valid.message()))
                .isPresent();
    }

    private static void state(WorkflowStatus after, List<Announcement> told) {
        switch (String.valueOf(after.state())) {
            case "running" ->
                told.add(new Announcement(Type.NORMAL, "Running", "run " + after.queueId() + " is running"));
            case "completed" ->
                told.add(new Announcement(
                        Type.NORMAL,
                        "Completed",
                        "run %s wrote %d rows, %d were rejected"
                                .formatted(after.queueId(), after.rows(), after.rejected())));
            case "failed" ->
                told.add(new Announcement(
                        Type.WARNING, "Failed", "run " + after.queueId() + " failed: " + after.message()));
            case "stopped" ->
                told.add(new Announcement(Type.NORMAL, "Stopped", "run " + after.queueId() + " was stopped"));
            default -> {
                // On its way.
            }
        }
    }
}
