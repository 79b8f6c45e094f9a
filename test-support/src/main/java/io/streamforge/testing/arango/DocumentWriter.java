package io.streamforge.testing.arango;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The documented effect of each operation on one document. */
final class DocumentWriter {

    static final int MAX_KEY_BYTES = 254;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_\\-.@()+,=;$!*'%:]{1," + MAX_KEY_BYTES + "}");
    private static final int EDGES = 3;
    private static final Pattern HANDLE = Pattern.compile("[^/]+/" + KEY.pattern());
    private static final AtomicLong REVISIONS = new AtomicLong();
    private static final AtomicLong KEYS = new AtomicLong();

    private final Transaction transaction;
    private final Collection collection;
    private final WriteOptions options;

    DocumentWriter(Transaction transaction, Collection collection, WriteOptions options) {
        this.transaction = transaction;
        this.collection = collection;
        this.options = options;
    }

    /** Before and after; before is null when there was none, after null when there is none. */
    record Outcome(@Nullable ObjectNode before, @Nullable ObjectNode after) {}

    Outcome insert(JsonNode given) {
        ObjectNode document = object(given);
        String key = document.has("_key") ? key(document.path("_key")) : String.valueOf(KEYS.addAndGet(7));
        ObjectNode existing = transaction.get(collection, key);
        if (existing == null) {
            return put(null, complete(key, document));
        }
        return switch (options.overwriteMode()) {
            case "ignore" -> new Outcome(existing, existing);
            case "replace" ->
                outdated(existing, document) ? unchanged(existing) : put(existing, complete(key, document));
            case "update" ->
                outdated(existing, document)
                        ? unchanged(existing)
                        : put(existing, complete(key, patched(existing, document)));
            default ->
                throw new ArangoFailure(
                        ErrorCode.UNIQUE_CONSTRAINT,
                        "in index primary of type primary over '_key'; conflicting key: " + key);
        };
    }

    Outcome replace(String key, JsonNode given, @Nullable String revision) {
        ObjectNode document = object(given);
        ObjectNode existing = existing(key, precondition(document, revision));
        return outdated(existing, document) ? unchanged(existing) : put(existing, complete(key, document));
    }

    Outcome update(String key, JsonNode given, @Nullable String revision) {
        ObjectNode document = object(given);
        ObjectNode existing = existing(key, precondition(document, revision));
        return outdated(existing, document)
                ? unchanged(existing)
                : put(existing, complete(key, patched(existing, document)));
    }

    Outcome remove(String key, @Nullable String revision) {
        ObjectNode existing = existing(key, revision);
        transaction.remove(collection, key);
        return new Outcome(existing, null);
    }

    /** The key of a document that says which one it is. */
    static String key(JsonNode key) {
        if (!key.isString() || !KEY.matcher(key.stringValue()).matches()) {
            throw new ArangoFailure(ErrorCode.ILLEGAL_KEY);
        }
        return key.stringValue();
    }

    private ObjectNode existing(String key, @Nullable String revision) {
        ObjectNode existing = transaction.get(collection, key);
        if (existing == null) {
            throw new ArangoFailure(ErrorCode.DOCUMENT_NOT_FOUND);
        }
        if (revision != null && !revision.equals(existing.path("_rev").asString())) {
            throw new ArangoFailure(ErrorCode.PRECONDITION);
        }
        return existing;
    }

    private @Nullable String precondition(ObjectNode document, @Nullable String revision) {
        boolean embedded = revision == null && options.checkRevisions() && document.has("_rev");
        return embedded ? document.path("_rev").asString() : revision;
    }

    private Outcome put(@Nullable ObjectNode before, ObjectNode after) {
        if (collection.type == EDGES) {
            requireHandle(after.path("_from"));
            requireHandle(after.path("_to"));
        }
        collection.schema.check(after);
        transaction.put(collection, after);
        return new Outcome(before, after);
    }

    private static void requireHandle(JsonNode end) {
        if (!end.isString() || !HANDLE.matcher(end.stringValue()).matches()) {
            throw new ArangoFailure(ErrorCode.EDGE_ATTRIBUTE);
        }
    }

    private static Outcome unchanged(ObjectNode existing) {
        return new Outcome(existing, existing);
    }

    /** Nothing is done when both carry a version and the new one is not higher. */
    private boolean outdated(ObjectNode existing, ObjectNode document) {
        if (options.versionAttribute().isEmpty()) {
            return false;
        }
        JsonNode old = existing.path(options.versionAttribute());
        JsonNode given = document.path(options.versionAttribute());
        return old.isNumber() && given.isNumber() && given.longValue() <= old.longValue();
    }

    private ObjectNode complete(String key, ObjectNode document) {
        ObjectNode complete = Reply.object()
                .put("_key", key)
                .put("_id", collection.name + "/" + key)
                .put("_rev", "_r" + Long.toString(REVISIONS.incrementAndGet(), 36));
        for (Map.Entry<String, JsonNode> member : document.properties()) {
            if (!complete.has(member.getKey())) {
                complete.set(member.getKey(), Values.stored(member.getValue()));
            }
        }
        return complete;
    }

    private ObjectNode patched(ObjectNode existing, ObjectNode patch) {
        ObjectNode merged = existing.deepCopy();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            JsonNode old = merged.path(member.getKey());
            JsonNode value = member.getValue();
            if (value.isNull() && !options.keepNull()) {
                merged.remove(member.getKey());
            } else if (value.isObject() && old.isObject() && options.mergeObjects()) {
                merged.set(member.getKey(), patched((ObjectNode) old, (ObjectNode) value));
            } else {
                merged.set(member.getKey(), value);
            }
        }
        return merged;
    }

    private static ObjectNode object(JsonNode given) {
        if (!given.isObject()) {
            throw new ArangoFailure(ErrorCode.INVALID_DOCUMENT);
        }
        if (given.has("")) {
            throw new ArangoFailure(ErrorCode.BAD_PARAMETER, "attribute names must not be empty");
        }
        return (ObjectNode) Objects.requireNonNull(given);
    }
}
