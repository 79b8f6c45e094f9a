package io.streamforge.worker;

import io.streamforge.connector.StagePlan;
import io.streamforge.messages.Command;
import io.streamforge.messages.Task;

/** What the partitions of a stage share. */
record StageVertexContext(
        Command.Start start,
        Tuning tuning,
        KafkaClients clients,
        Signals signals,
        StageBoard board,
        RejectionPolicy policy,
        DeadLetterTopic deadLetters,
        LagGuard lagGuard,
        RecordLimit recordLimit,
        StagePlan plan) {

    Task task() {
        return start.task();
    }

    Task.Input input() {
        return TaskParts.require(task().input(), "input");
    }

    Task.Output output() {
        return TaskParts.require(task().output(), "output");
    }
}
