package io.streamforge.testing;

/** A database of an {@link EmbeddedMariaDbServer}. */
public record MariaDbDatabase(String host, int port, String name, String username, String password)
        implements SqlDatabase {

    @Override
    public String url() {
        return "jdbc:mariadb://" + host + ":" + port + "/" + name;
    }
}
