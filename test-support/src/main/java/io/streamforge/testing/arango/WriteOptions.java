package io.streamforge.testing.arango;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How documents are written.
 *
 * @param overwriteMode {@code conflict}, {@code ignore}, {@code replace} or {@code update}
 * @param versionAttribute empty for none
 * @param checkRevisions whether {@code _rev} in a document is a precondition
 */
record WriteOptions(
        String overwriteMode,
        boolean keepNull,
        boolean mergeObjects,
        String versionAttribute,
        boolean checkRevisions,
        boolean returnNew,
        boolean returnOld,
        boolean silent) {

    private static final Set<String> MODES = Set.of("conflict", "ignore", "replace", "update");

    WriteOptions {
        if (!MODES.contains(overwriteMode)) {
            throw new ArangoFailure(ErrorCode.BAD_PARAMETER, "overwriteMode '" + overwriteMode + "'");
        }
    }

    /** @param versions whether the server knows {@code versionAttribute} (3.12 and newer); an older one ignores it */
    static WriteOptions of(Request request, boolean versions) {
        String otherwise = request.flag("overwrite", false) ? "replace" : "conflict";
        return new WriteOptions(
                request.parameter("overwriteMode", otherwise),
                request.flag("keepNull", true),
                request.flag("mergeObjects", true),
                versions ? request.parameter("versionAttribute", "") : "",
                !request.flag("ignoreRevs", true),
                request.flag("returnNew", false),
                request.flag("returnOld", false),
                request.flag("silent", false));
    }

    /** Of an {@code OPTIONS} object of a query. */
    static WriteOptions of(JsonNode options, boolean versions) {
        Set<String> known = Set.of(
                "overwriteMode",
                "keepNull",
                "mergeObjects",
                "versionAttribute",
                "ignoreRevs",
                "waitForSync",
                "exclusive");
        options.properties().forEach(option -> {
            if (!known.contains(option.getKey())) {
                throw new ArangoFailure(ErrorCode.NOT_IMPLEMENTED, "query option '" + option.getKey() + "'");
            }
        });
        return new WriteOptions(
                options.path("overwriteMode").asString("conflict"),
                options.path("keepNull").asBoolean(true),
                options.path("mergeObjects").asBoolean(true),
                versions ? options.path("versionAttribute").asString("") : "",
                !options.path("ignoreRevs").asBoolean(true),
                false,
                false,
                false);
    }
}
