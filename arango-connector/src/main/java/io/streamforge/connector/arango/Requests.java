package io.streamforge.connector.arango;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDBException;
import com.arangodb.entity.ErrorEntity;
import com.arangodb.entity.MultiDocumentEntity;
import com.arangodb.model.DocumentCreateOptions;
import com.arangodb.model.DocumentUpdateOptions;
import com.arangodb.model.OverwriteMode;
import com.arangodb.util.RawBytes;
import io.streamforge.connector.arango.Settings.Mode;
import io.streamforge.messages.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests a writer makes; each answers with an entry per document, null where it was written. */
interface Requests {

    List<@Nullable Refusal> put(Documents documents);

    /** Removes those whose stored version is lower. */
    void remove(List<Map<String, Object>> keysAndVersions);

    /** Versions of stored documents by key; those that are not there are absent. */
    Map<String, Long> versions(List<String> keys);

    static Requests of(Server server, ArangoCollection collection, Mode mode) {
        return server.versionGuard() || mode == Mode.INSERT
                ? new Guarded(collection, mode)
                : new ByQuery(new Guarded(collection, mode));
    }

    /** Bulk operations with {@code versionAttribute} (ArangoDB 3.12). */
    record Guarded(ArangoCollection collection, Mode mode) implements Requests {

        private static final String REMOVE =
                "FOR r IN @rows FOR d IN @@collection FILTER d._key == r.key AND d.sf_version < r.version"
                        + " REMOVE d IN @@collection";
        private static final String VERSIONS =
                "FOR k IN @keys FOR d IN @@collection FILTER d._key == k RETURN { key: k, version: d.sf_version }";

        @Override
        public List<@Nullable Refusal> put(Documents documents) {
            List<RawBytes> body = documents.all();
            return errors(
                    switch (mode) {
                        case INSERT ->
                            collection.insertDocuments(
                                    body, new DocumentCreateOptions().overwriteMode(OverwriteMode.conflict));
                        case UPSERT ->
                            collection.insertDocuments(
                                    body,
                                    new DocumentCreateOptions()
                                            .overwriteMode(OverwriteMode.update)
                                            .mergeObjects(false)
                                            .keepNull(true)
                                            .versionAttribute(Versions.ATTRIBUTE));
                        case UPDATE ->
                            collection.updateDocuments(
                                    body,
                                    new DocumentUpdateOptions()
                                            .mergeObjects(false)
                                            .keepNull(true)
                                            .versionAttribute(Versions.ATTRIBUTE));
                    });
        }

        @Override
        public void remove(List<Map<String, Object>> keysAndVersions) {
            collection
                    .db()
                    .query(REMOVE, Void.class, Map.of("rows", keysAndVersions, "@collection", collection.name()));
        }

        @Override
        public Map<String, Long> versions(List<String> keys) {
            Map<String, Long> versions = new LinkedHashMap<>();
            collection
                    .db()
                    .query(VERSIONS, Map.class, Map.of("keys", keys, "@collection", collection.name()))
                    .forEachRemaining(row -> {
                        if (row.get("version") instanceof Number version) {
                            versions.put(String.valueOf(row.get("key")), version.longValue());
                        }
                    });
            return versions;
        }

        private static List<@Nullable Refusal> errors(MultiDocumentEntity<?> answer) {
            List<@Nullable Refusal> errors = new ArrayList<>();
            for (Object entry : answer.getDocumentsAndErrors()) {
                errors.add(entry instanceof ErrorEntity error ? Refusal.of(error) : null);
            }
            return errors;
        }
    }

    /**
     * A conditional UPSERT, for servers that do not know {@code versionAttribute}. A query fails as a whole, so one that is refused
     * is made again for each half.
     */
    record ByQuery(Guarded rest) implements Requests {

        private static final String UPSERT = "FOR r IN @rows UPSERT { _key: r._key } INSERT r"
                + " UPDATE (OLD.sf_version >= r.sf_version ? {} : r) IN @@collection OPTIONS { mergeObjects: false }";

        @Override
        public List<@Nullable Refusal> put(Documents documents) {
            List<?> rows = documents.all().stream()
                    .map(document -> Json.MAPPER.readValue(document.get(), Map.class))
                    .toList();
            List<@Nullable Refusal> errors = new ArrayList<>();
            upsert(rows, errors);
            return errors;
        }

        @Override
        public void remove(List<Map<String, Object>> keysAndVersions) {
            rest.remove(keysAndVersions);
        }

        @Override
        public Map<String, Long> versions(List<String> keys) {
            return rest.versions(keys);
        }

        private void upsert(List<?> rows, List<@Nullable Refusal> errors) {
            ArangoCollection collection = rest.collection();
            try {
                collection.db().query(UPSERT, Void.class, Map.of("rows", rows, "@collection", collection.name()));
                rows.forEach(row -> errors.add(null));
            } catch (ArangoDBException e) {
                Integer number = e.getErrorNum();
                if (number == null
                        || number < 1000
                        || ArangoErrors.isTransient(number)
                        || number == ArangoErrors.COLLECTION_NOT_FOUND) {
                    throw e;
                }
                if (rows.size() == 1) {
                    errors.add(Refusal.of(e));
                } else {
                    upsert(rows.subList(0, rows.size() / 2), errors);
                    upsert(rows.subList(rows.size() / 2, rows.size()), errors);
                }
            }
        }
    }
}
