package io.streamforge.connector.mysql;

/** A table by its database and name, as the server writes them. */
record TableId(String database, String table) {

    @Override
    public String toString() {
        return database + "." + table;
    }
}
