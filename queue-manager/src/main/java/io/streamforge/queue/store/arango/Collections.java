package io.streamforge.queue.store.arango;

import com.arangodb.ArangoDatabase;
import com.arangodb.model.CollectionCreateOptions;
import com.arangodb.model.PersistentIndexOptions;
import java.util.List;

/** The collections and their indexes; version 2 of the schema. Made again without harm, so servers may start together. */
final class Collections {

    static final int VERSION = 2;

    static final String META = "streamforge_meta";
    static final String WORKFLOWS = "streamforge_workflows";
    static final String RUNS = "streamforge_runs";
    static final String HISTORY = "streamforge_history";
    static final String AUDIT = "streamforge_audit";
    static final String REPLIES = "streamforge_replies";
    static final String SCHEMAS = "streamforge_schemas";
    static final String SUBJECTS = "streamforge_subjects";
    static final String OFFSETS = "streamforge_offsets";
    static final String REMNANTS = "streamforge_remnants";

    /** All that a write may touch. */
    static final List<String> WRITTEN =
            List.of(WORKFLOWS, RUNS, HISTORY, AUDIT, REPLIES, SCHEMAS, SUBJECTS, OFFSETS, REMNANTS);

    private Collections() {}

    static void make(ArangoDatabase database) {
        make(database, META);
        WRITTEN.forEach(name -> make(database, name));
        index(database, RUNS, false, "created_at", "queue_id");
        index(database, RUNS, false, "workflow", "created_at", "queue_id");
        index(database, RUNS, false, "state", "created_at", "queue_id");
        index(database, RUNS, true, "due_at", "queue_id");
        index(database, HISTORY, false, "queue_id", "number");
        index(database, AUDIT, false, "id");
        index(database, REPLIES, false, "at");
        database.collection(SCHEMAS)
                .ensurePersistentIndex(List.of("fingerprint"), new PersistentIndexOptions().unique(true));
    }

    private static void make(ArangoDatabase database, String name) {
        if (!database.collection(name).exists()) {
            Failures.unlessThere(
                    () -> database.createCollection(name, new CollectionCreateOptions().waitForSync(true)));
        }
    }

    private static void index(ArangoDatabase database, String collection, boolean sparse, String... fields) {
        database.collection(collection)
                .ensurePersistentIndex(List.of(fields), new PersistentIndexOptions().sparse(sparse));
    }
}
