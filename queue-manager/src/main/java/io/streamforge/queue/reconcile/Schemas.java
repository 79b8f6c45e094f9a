package io.streamforge.queue.reconcile;

import io.streamforge.messages.SchemaChange;
import io.streamforge.messages.Task;
import java.util.Optional;

/** Registers the schemas that sources wait for. Both may be called again for the same change. */
public interface Schemas {

    /** The table that joins by a change, registered, although no worker is told yet; empty when its rows have been there before. */
    Optional<Task.Table> joining(SchemaChange change);

    /** Registers, and lets workers know. */
    void register(SchemaChange change);
}
