package io.streamforge.worker;

import io.streamforge.messages.Command;
import io.streamforge.messages.Task;

/** What the parts of a sink vertex share. */
record SinkVertexContext(
        Command.Start start,
        Tuning tuning,
        KafkaClients clients,
        Signals signals,
        SinkBoard board,
        RejectionPolicy policy,
        DeadLetterTopic deadLetters) {

    Task.Input input() {
        return TaskParts.require(start.task().input(), "input");
    }
}
