package io.streamforge.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Kafka outside, as the page shows it: TLS and a password from a Secret, for queue-manager and for workers. */
@OnCluster
class SecuredKafkaST {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String SECRET = "kafka-client";
    private static final int ROWS = 5000;

    @Test
    void shouldRunAWorkflow() throws Exception {
        try (SecuredBroker broker = SecuredBroker.at(Outside.address());
                Installation installation =
                        Installation.withSecret("secured", values(broker), SECRET, broker.secrets())) {
            // given
            CsvFile file = CsvFile.create(installation, ROWS);
            Target target = Target.create();

            // when
            String queueId = installation.api().start("name: secured\n" + file.source() + target.sinks());

            // then
            installation.api().completed(queueId, LIMIT);
            target.requireExact(ROWS);
            assertThat(installation.api().run(queueId).toString()).doesNotContain("ScramLoginModule");
        }
    }

    private static String values(SecuredBroker broker) {
        String properties = SecuredBroker.properties().entrySet().stream()
                .map(property -> property.getKey() + ": " + property.getValue())
                .collect(Collectors.joining(", "));
        return "kafka: {bootstrapServers: \"%s\", properties: {%s}, existingSecret: %s}\n"
                .formatted(broker.bootstrapServers(), properties, SECRET);
    }
}
