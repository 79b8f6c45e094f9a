package io.streamforge.worker;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The partitions a sink works on for a while. */
interface Possession {

    List<Integer> partitions();

    /** False once they have to be handed over: nothing more is to be begun. */
    boolean held();

    /** Commits offsets to Kafka soon, the newest last. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets);
}
