package io.streamforge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * MySQL's programs, unpacked from the archive that the system property {@code mysql.distribution} names. The server needs the
 * system's libraries libaio and libnuma. It has GTIDs unless the system property {@code mysql.gtids} is {@code OFF}.
 *
 * @param home the server's base directory
 */
record MySqlInstallation(Path home) implements ServerInstallation {

    private static final String ARCHIVE = "mysql.distribution";
    private static final List<String> NEEDED =
            List.of("bin/mysqld", "bin/mysql", "lib/private/lib", "share/english/", "share/charsets/");
    private static final String USERS = "users.sql";

    /** Executed at each start and not logged: a server that creates its data directory cannot create users. */
    private static final String CREATE_USERS = """
            SET SESSION sql_log_bin = 0;
            CREATE USER IF NOT EXISTS 'streamforge'@'%' IDENTIFIED BY 'streamforge';
            GRANT ALL ON *.* TO 'streamforge'@'%' WITH GRANT OPTION;
            """;

    static MySqlInstallation in(Path directory) throws IOException {
        return new MySqlInstallation(ServerInstallation.shared(directory, MySqlInstallation::unpack));
    }

    @Override
    public Path server() {
        return home.resolve("bin/mysqld");
    }

    @Override
    public Path client() {
        return home.resolve("bin/mysql");
    }

    @Override
    public List<String> creating() {
        return List.of("--initialize-insecure");
    }

    @Override
    public void writeStatements(OutputStream target) {
        // It reads nothing.
    }

    @Override
    public List<String> serving() {
        String gtids = System.getProperty("mysql.gtids", "ON");
        return List.of(
                "--gtid-mode=" + gtids,
                "--enforce-gtid-consistency=" + gtids,
                "--local-infile=ON",
                "--cte-max-recursion-depth=10000000",
                "--performance-schema=OFF",
                "--mysqlx=OFF",
                "--init-file=" + home.resolve(USERS));
    }

    /** Users are known by caching_sha2_password, and connections without TLS have to ask for the server's key. */
    @Override
    public String urlParameters() {
        return "?allowPublicKeyRetrieval=true";
    }

    private static void unpack(Path home) throws IOException {
        String archive =
                Objects.requireNonNull(System.getProperty(ARCHIVE), "the property " + ARCHIVE + " names no archive");
        try (ZipFile zip = new ZipFile(archive)) {
            for (ZipEntry entry : zip.stream().filter(MySqlInstallation::needed).toList()) {
                Path file = home.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
        ServerInstallation.makeExecutable(home.resolve("bin/mysqld"));
        ServerInstallation.makeExecutable(home.resolve("bin/mysql"));
        Files.writeString(home.resolve(USERS), CREATE_USERS);
    }

    private static boolean needed(ZipEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && NEEDED.stream()
                        .anyMatch(part -> part.startsWith("bin/") ? name.equals(part) : name.startsWith(part));
    }
}
