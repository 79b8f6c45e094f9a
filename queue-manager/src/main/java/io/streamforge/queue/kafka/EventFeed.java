package io.streamforge.queue.kafka;

import io.streamforge.messages.Event;
import java.util.List;
import java.util.Map;

/** Brings the events of workers. */
public interface EventFeed extends AutoCloseable {

    /** Begins to hand over events, from where the listener has got to. */
    void start(Listener listener);

    /** Ends; may be started again. */
    @Override
    void close();

    /** Takes what was read; called from one thread. */
    interface Listener {

        /** Next offset of each partition that is known. */
        Map<Integer, Long> offsets();

        /** @param next offsets after these events, of the partitions they came from */
        void take(List<Event> events, Map<Integer, Long> next);

        /** Everything that stood in the topic when reading began has been taken. */
        void caughtUp();
    }
}
