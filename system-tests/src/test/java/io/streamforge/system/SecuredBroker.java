package io.streamforge.system;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** A broker on this machine that others reach with TLS and a password only. */
final class SecuredBroker implements AutoCloseable {

    private static final String USER = "streamforge";
    private static final String PASSWORD = "open-sesame";
    private static final int ITERATIONS = 4096;

    private final EmbeddedBroker broker;
    private final String bootstrapServers;
    private final String certificate;

    private SecuredBroker(EmbeddedBroker broker, String bootstrapServers, String certificate) {
        this.broker = broker;
        this.bootstrapServers = bootstrapServers;
        this.certificate = certificate;
    }

    /** @param host the address others reach it at */
    static SecuredBroker at(String host) throws Exception {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "broker-");
        Path keys = directory.resolve("keys.p12");
        makeKey(keys, host);
        int plain = freePort();
        int secured = freePort();
        int controller = freePort();
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory)
                .withPort(plain)
                .with("controller.quorum.voters", "1@127.0.0.1:" + controller)
                .with(
                        "listeners",
                        "PLAINTEXT://127.0.0.1:%d,SECURED://0.0.0.0:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(plain, secured, controller))
                .with(
                        "advertised.listeners",
                        "PLAINTEXT://127.0.0.1:%d,SECURED://%s:%d".formatted(plain, host, secured))
                .with("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SASL_SSL")
                .with("listener.name.secured.sasl.enabled.mechanisms", "SCRAM-SHA-512")
                .with("listener.name.secured.scram-sha-512.sasl.jaas.config", login("broker", PASSWORD))
                .with("listener.name.secured.ssl.keystore.type", "PKCS12")
                .with("listener.name.secured.ssl.keystore.location", keys.toString())
                .with("listener.name.secured.ssl.keystore.password", PASSWORD)
                .with("listener.name.secured.ssl.key.password", PASSWORD));
        addUser(broker);
        return new SecuredBroker(broker, host + ":" + secured, certificate(keys));
    }

    private static void makeKey(Path keys, String host) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        int exit = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=broker",
                        "-ext",
                        "san=ip:" + host,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("keytool ended with " + exit);
        }
    }

    private static String certificate(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, PASSWORD.toCharArray());
        }
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(store.getCertificate("broker").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static void addUser(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), PASSWORD)))
                    .all()
                    .get();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String login(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, password);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** What a client is told besides where the broker is. */
    static Map<String, String> properties() {
        return Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512", "ssl.truststore.type", "PEM");
    }

    /** What a client must not be told in the open. */
    Map<String, String> secrets() {
        return Map.of("sasl.jaas.config", login(USER, PASSWORD), "ssl.truststore.certificates", certificate);
    }

    @Override
    public void close() {
        broker.close();
    }
}
