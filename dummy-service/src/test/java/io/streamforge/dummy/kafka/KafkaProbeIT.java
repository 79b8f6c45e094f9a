package io.streamforge.dummy.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.broker.BrokerSettings;
import io.streamforge.broker.EmbeddedBroker;
import io.streamforge.dummy.TestService;
import io.streamforge.dummy.kafka.ProbeReport.GroupLag;
import io.streamforge.messages.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaProbeIT {

    @TempDir
    Path directory;

    @Test
    void shouldTellTopicsARoundTripAndTheLagOfGroupsUntilTheBrokerIsAway() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory));
                TestService service = TestService.start(Map.of("STREAMFORGE_BROKER", broker.bootstrapServers()))) {
            // given
            service.get("/probe/kafka");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(Set.of(new NewTopic("orders", 3, (short) 1)))
                        .all()
                        .get();
                admin.alterConsumerGroupOffsets(
                                "reader", Map.of(new TopicPartition(KafkaProbe.TOPIC, 0), new OffsetAndMetadata(0)))
                        .all()
                        .get();
            }

            // when
            HttpResponse<String> answer = service.get("/probe/kafka");

            // then
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            ProbeReport report = Json.MAPPER.readValue(answer.body(), ProbeReport.class);
            assertThat(report.nodes()).isEqualTo(1);
            assertThat(report.topics())
                    .contains(new ProbeReport.TopicState("orders", 3, 0, 0))
                    .extracting(ProbeReport.TopicState::name)
                    .contains(KafkaProbe.TOPIC);
            assertThat(report.roundTrip().produceMillis()).isPositive();
            assertThat(report.roundTrip().consumeMillis()).isPositive();
            assertThat(report.groups()).contains(new GroupLag("reader", 2));

            // when
            broker.close();

            // then
            HttpResponse<String> away = service.get("/probe/kafka");
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.body()).contains("KAFKA-UNAVAILABLE");
        }
    }

    @Test
    void shouldSayThatItKnowsNoBroker() throws Exception {
        try (TestService service = TestService.start(Map.of())) {
            HttpResponse<String> answer = service.get("/probe/kafka");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("KAFKA-NOT-CONFIGURED");
        }
    }
}
