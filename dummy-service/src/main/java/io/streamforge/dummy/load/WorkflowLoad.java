package io.streamforge.dummy.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Workflows that are posted to queue-manager; one is done when it was accepted. */
final class WorkflowLoad implements Load {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LoadOrder.Workflows workflows;
    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @throws IllegalArgumentException when the address is none */
    WorkflowLoad(LoadOrder.Workflows workflows) {
        this.workflows = workflows;
        String url = workflows.url();
        address = URI.create((url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "/api/v1/workflows");
    }

    @Override
    public CompletionStage<?> begin(long number) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(workflows.definition().replace("{n}", Long.toString(number))));
        if (workflows.token() != null) {
            request.header("Authorization", "Bearer " + workflows.token());
        }
        return http.sendAsync(request.build(), BodyHandlers.discarding()).thenAccept(WorkflowLoad::requireAccepted);
    }

    private static void requireAccepted(HttpResponse<?> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException("HTTP " + response.statusCode());
        }
    }

    @Override
    public void close() {
        // The client ends with its last request.
    }
}
