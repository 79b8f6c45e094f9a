package io.streamforge.connector;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Build step: writes the descriptors of a module's connectors, and the list of them, to its class directory. */
public final class DescriptorWriter {

    private DescriptorWriter() {}

    /** @param args the class directory */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0], ConnectorDescriptor.RESOURCES));
        Set<String> names = new TreeSet<>();
        for (Connector connector : ServiceLoader.load(Connector.class)) {
            ConnectorDescriptor descriptor = connector.descriptor();
            names.add(descriptor.name());
            Path file = directory.resolve(descriptor.name() + ".json");
            Files.writeString(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(descriptor) + "\n");
        }
        Files.write(Path.of(args[0], ConnectorDescriptor.INDEX), names);
    }
}
