package io.streamforge.queue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedRequestsTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/shop/pods, pods",
        "/api/v1/namespaces/shop/pods/loader-1/log, pods",
        "/apis/batch/v1/namespaces/shop/jobs/loader-1, jobs",
        "/apis/streamforge.io/v1/namespaces/shop/workflows/orders/status, workflows",
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions, customresourcedefinitions",
        "/api/v1/namespaces/shop, namespaces",
        "/version, discovery",
        "/apis, discovery"
    })
    void shouldNameTheResourceOfARequest(String path, String resource) {
        assertThat(CountedRequests.resource(path)).isEqualTo(resource);
    }
}
