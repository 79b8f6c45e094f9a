package io.streamforge.worker;

import io.streamforge.messages.Command;
import io.streamforge.messages.Task;

/** What the splits of a source share. */
record SourceVertexContext(
        Command.Start start,
        Tuning tuning,
        KafkaClients clients,
        Signals signals,
        SourceBoard board,
        RejectionPolicy policy,
        DeadLetterTopic deadLetters,
        LagGuard lagGuard,
        RecordLimit recordLimit) {

    Task task() {
        return start.task();
    }

    Task.Output output() {
        return TaskParts.require(task().output(), "output");
    }
}
