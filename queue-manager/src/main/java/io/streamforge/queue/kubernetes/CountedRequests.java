package io.streamforge.queue.kubernetes;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/** Counts requests to the API server. */
final class CountedRequests implements Interceptor {

    private static final String NAMESPACES = "namespaces";
    private static final int NAMESPACED = 2;

    private final MeterRegistry meters;

    CountedRequests(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        meters.counter(
                        "streamforge.kubernetes.requests",
                        "verb",
                        request.method().toLowerCase(Locale.ROOT),
                        "resource",
                        resource(request.uri().getPath()))
                .increment();
    }

    /** {@code jobs} for {@code /apis/batch/v1/namespaces/shop/jobs/load-1}. */
    static String resource(String path) {
        List<String> parts = List.of(path.substring(1).split("/"));
        int version = parts.get(0).equals("api") ? 1 : 2;
        int name = version + 1;
        if (parts.size() > name + NAMESPACED && parts.get(name).equals(NAMESPACES)) {
            name += NAMESPACED;
        }
        return parts.size() > name ? parts.get(name) : "discovery";
    }
}
