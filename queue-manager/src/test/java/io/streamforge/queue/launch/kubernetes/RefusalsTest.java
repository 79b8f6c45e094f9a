package io.streamforge.queue.launch.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Unauthorized                                                | FORBIDDEN           | FATAL",
                "403 | jobs.batch is forbidden: User x cannot patch resource jobs  | FORBIDDEN           | FATAL",
                "403 | pods is forbidden: exceeded quota: small, requested: pods=1 | QUOTA-EXCEEDED      | TRANSIENT",
                "404 | the server could not find the requested resource            | NOT-FOUND           | FATAL",
                "422 | Job.batch is invalid: spec.template.spec.volumes[1].name    | MANIFEST-INVALID    | FATAL",
                "500 | etcdserver: request timed out                               | CLUSTER-UNAVAILABLE | CONNECTION",
            })
    void shouldTellWhatTheUserCanActOnFromWhatPasses(int status, String words, String code, Category category) {
        ErrorInfo error = Refusals.of(
                        "cannot start a-source-1",
                        new KubernetesClientException(
                                words,
                                status,
                                new StatusBuilder()
                                        .withCode(status)
                                        .withMessage(words)
                                        .build()))
                .error();

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.category()).isEqualTo(category);
        assertThat(error.message()).contains(words);
    }

    @Test
    void shouldTakeAServerThatDoesNotAnswerForOneThatComesBack() {
        ErrorInfo error = Refusals.of(
                        "cannot start a-source-1",
                        new KubernetesClientException("refused", new IOException("connection refused")))
                .error();

        assertThat(error.code()).isEqualTo("CLUSTER-UNAVAILABLE");
        assertThat(error.category().retryable()).isTrue();
    }
}
