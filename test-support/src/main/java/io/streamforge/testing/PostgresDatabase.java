package io.streamforge.testing;

/** A database of an {@link EmbeddedPostgresServer}. */
public record PostgresDatabase(String host, int port, String name, String username, String password)
        implements SqlDatabase {

    @Override
    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }
}
