package io.streamforge.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The directory's identity: formatted once, kept for ever. */
final class Storage {

    private static final String META = "meta.properties";

    private Storage() {}

    /** Formats the data directory when it is new and returns its cluster id. */
    static String clusterId(Path data) {
        Path meta = data.resolve(META);
        try {
            return Files.exists(meta) ? read(meta) : format(data);
        } catch (IOException e) {
            throw new BrokerException("BROKER-DIRECTORY", "cannot read " + meta + " (" + e + ")", e);
        }
    }

    private static String read(Path meta) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(meta)) {
            properties.load(in);
        }
        String id = properties.getProperty("cluster.id");
        if (id == null) {
            throw new BrokerException("BROKER-DIRECTORY", meta + " names no cluster.id; restore it or remove the data");
        }
        return id;
    }

    private static String format(Path data) {
        String id = Uuid.randomUuid().toString();
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(id)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setIgnoreFormatted(true)
                    .run();
        } catch (Exception e) {
            throw new BrokerException("BROKER-DIRECTORY", "cannot format " + data + " (" + e + ")", e);
        }
        return id;
    }
}
