package io.streamforge.connector;

import io.streamforge.messages.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Build step: writes the descriptors of a module's connectors to its class directory. */
public final class DescriptorWriter {

    private DescriptorWriter() {}

    /** @param args the class directory */
    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0], ConnectorDescriptor.RESOURCES));
        for (Connector connector : ServiceLoader.load(Connector.class)) {
            ConnectorDescriptor descriptor = connector.descriptor();
            Path file = directory.resolve(descriptor.name() + ".json");
            Files.writeString(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(descriptor) + "\n");
        }
    }
}
