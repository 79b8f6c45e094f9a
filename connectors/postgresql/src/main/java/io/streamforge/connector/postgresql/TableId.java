package io.streamforge.connector.postgresql;

/** A table of a schema. */
record TableId(String schema, String table) {

    /** As patterns and rows name it. */
    String name() {
        return schema + "." + table;
    }

    String quoted() {
        return quote(schema) + "." + quote(table);
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
