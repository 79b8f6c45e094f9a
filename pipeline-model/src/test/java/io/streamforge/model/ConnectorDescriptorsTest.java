package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.messages.Json;
import io.streamforge.messages.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorDescriptorsTest {

    @TempDir
    Path folder;

    @Test
    void shouldMergeDescriptorsOfDirectoriesAndJars() throws IOException {
        Path directory = directory("file");
        Path first = jar("first.jar", "mysql\n", "mysql");
        Path second = jar("second.jar", "exchange\n\nsqlite\nfile\n", "exchange", "sqlite", "file");

        try (URLClassLoader loader = loader(directory, first, second)) {
            ConnectorDescriptors loaded = ConnectorDescriptors.load(loader);

            assertThat(loaded.all().keySet()).containsExactly("exchange", "file", "mysql", "sqlite");
            assertThat(loaded.find("mysql")).isEqualTo(Samples.CONNECTORS.find("mysql"));
            assertThat(loaded.names(Task.Role.SOURCE)).containsExactly("exchange", "file", "mysql");
            assertThat(loaded.names(Task.Role.SINK)).containsExactly("file", "sqlite");
            assertThat(loaded.role("mysql", Task.Role.SINK)).isEmpty();
        }
    }

    @Test
    void shouldNameTheDescriptorThatIsMissing() throws IOException {
        try (URLClassLoader loader = loader(jar("broken.jar", "mysql\noracle\n", "mysql"))) {
            assertThatThrownBy(() -> ConnectorDescriptors.load(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("oracle.json");
        }
    }

    @Test
    void shouldBeEmptyWithoutConnectors() throws IOException {
        try (URLClassLoader loader = loader()) {
            assertThat(ConnectorDescriptors.load(loader).all()).isEmpty();
        }
    }

    private Path directory(String connector) throws IOException {
        Path directory = folder.resolve("classes");
        Files.createDirectories(directory.resolve(ConnectorDescriptor.RESOURCES));
        Files.writeString(directory.resolve(ConnectorDescriptor.INDEX), connector);
        Files.writeString(directory.resolve(ConnectorDescriptor.RESOURCES + connector + ".json"), json(connector));
        return directory;
    }

    private Path jar(String name, String index, String... connectors) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            entry(zip, ConnectorDescriptor.INDEX, index);
            for (String connector : connectors) {
                entry(zip, ConnectorDescriptor.RESOURCES + connector + ".json", json(connector));
            }
        }
        return jar;
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String json(String connector) {
        return Json.MAPPER.writeValueAsString(Samples.CONNECTORS.find(connector).orElseThrow());
    }

    private static URLClassLoader loader(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        return new URLClassLoader(urls, null);
    }
}
