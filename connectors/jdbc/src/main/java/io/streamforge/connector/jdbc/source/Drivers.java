package io.streamforge.connector.jdbc.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JDBC drivers there are: those of the class path, and those in the jars of a directory, which is looked into once and apart
 * from the class path, so that drivers bring what libraries they like.
 */
public record Drivers(Optional<Path> directory) {

    /** Environment variable that names the directory. */
    public static final String DIRECTORY = "STREAMFORGE_DRIVERS";

    private static final Map<Path, List<Driver>> KNOWN = new ConcurrentHashMap<>();

    /** Those of this process. */
    public static Drivers installed() {
        return new Drivers(Optional.ofNullable(System.getenv(DIRECTORY)).map(Path::of));
    }

    /** The driver that takes the URL. */
    public Optional<Driver> of(String url) throws SQLException {
        List<Driver> all = new ArrayList<>(DriverManager.drivers().toList());
        all.addAll(inDirectory());
        for (Driver driver : all) {
            if (driver.acceptsURL(url)) {
                return Optional.of(driver);
            }
        }
        return Optional.empty();
    }

    List<Driver> inDirectory() {
        return directory
                .filter(Files::isDirectory)
                .map(path -> KNOWN.computeIfAbsent(path.toAbsolutePath(), Drivers::load))
                .orElse(List.of());
    }

    private static List<Driver> load(Path directory) {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : found) {
                jars.add(jar.toUri().toURL());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the directory of JDBC drivers cannot be read", e);
        }
        // Stays open as long as the process: drivers load classes when they need them.
        ClassLoader loader =
                new URLClassLoader("drivers", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        return ServiceLoader.load(Driver.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(driver -> driver.getClass().getClassLoader() == loader)
                .toList();
    }
}
