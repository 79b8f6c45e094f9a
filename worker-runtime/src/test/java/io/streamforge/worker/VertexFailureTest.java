package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.Exceptions;

class VertexFailureTest {

    @Test
    void shouldSayHowTheWorkerEnds() {
        assertThat(exit(new ConnectorException("A", Category.CONNECTION, "m", null)))
                .isEqualTo(ExitCode.RETRYABLE);
        assertThat(exit(new ConnectorException("A", Category.DATA, "m", null))).isEqualTo(ExitCode.FATAL);
        assertThat(exit(new ConnectorException("SUPERSEDED", Category.FATAL, "m", null)))
                .isEqualTo(ExitCode.SUPERSEDED);
        assertThat(exit(new TimeoutException("broker"))).isEqualTo(ExitCode.RETRYABLE);
        assertThat(exit(new SaslAuthenticationException("no"))).isEqualTo(ExitCode.FATAL);
        assertThat(exit(new NoOffsetForPartitionException(new TopicPartition("t", 0))))
                .isEqualTo(ExitCode.FATAL);
        assertThat(exit(new NullPointerException())).isEqualTo(ExitCode.INTERNAL);
    }

    @Test
    void shouldFindTheConnectorsOwnWordsUnderWhateverWrapsThem() {
        ConnectorException said = new ConnectorException("A", Category.CONNECTION, "m", null);

        assertThat(VertexFailure.of(new CompletionException(said)).error()).isEqualTo(said.error());
        assertThat(VertexFailure.of(Exceptions.propagate(said)).error()).isEqualTo(said.error());
    }

    @Test
    void shouldKnowAFencedProducerByItsCause() {
        assertThat(VertexFailure.of(new KafkaException("error state", new ProducerFencedException("newer")))
                        .fenced())
                .isTrue();
        assertThat(VertexFailure.of(new TimeoutException("slow")).fenced()).isFalse();
    }

    private static ExitCode exit(Throwable thrown) {
        return VertexFailure.of(thrown).exitCode();
    }
}
