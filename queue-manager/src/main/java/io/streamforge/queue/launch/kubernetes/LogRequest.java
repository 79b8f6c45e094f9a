package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.URLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One request for the log of a pod's worker, which is written into a file from its beginning. fabric8's own way to follow a log lists
 * and watches the pod first, and writes what the API server says of a pod that is gone as if it were the log.
 */
final class LogRequest {

    private static final int NOT_FOUND = 404;

    private final CompletableFuture<HttpResponse<AsyncBody>> answer;
    private final CompletableFuture<End> end;

    /** How it ended. */
    enum End {
        /** All there is has been written. */
        OVER,
        /** Something went wrong on the way. */
        CUT_OFF,
        /** There is no such pod. */
        NO_POD
    }

    private LogRequest(HttpClient http, String url, WritableByteChannel file) {
        answer = http.consumeBytes(
                http.newHttpRequestBuilder().uri(url).build(), (buffers, body) -> write(buffers, body, file));
        end = answer.thenCompose(LogRequest::read)
                .whenComplete((how, e) -> close(file))
                .exceptionally(e -> End.CUT_OFF);
    }

    /**
     * @param follow also what is written later, until the container ends
     * @throws IOException when the file cannot be opened
     */
    static LogRequest of(KubernetesClient client, Pod pod, boolean follow, Path file) throws IOException {
        String path = "api/v1/namespaces/%s/pods/%s/log?container=%s&follow=%b"
                .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName(), PodTemplates.WORKER, follow);
        return new LogRequest(
                client.getHttpClient(),
                URLUtils.join(client.getMasterUrl().toString(), path),
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    private static void write(List<ByteBuffer> buffers, AsyncBody body, WritableByteChannel file) throws IOException {
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }
        body.consume();
    }

    private static CompletableFuture<End> read(HttpResponse<AsyncBody> answer) {
        if (!answer.isSuccessful()) {
            answer.body().cancel();
            return CompletableFuture.completedFuture(answer.code() == NOT_FOUND ? End.NO_POD : End.CUT_OFF);
        }
        answer.body().consume();
        return answer.body().done().thenApply(nothing -> End.OVER);
    }

    private static void close(WritableByteChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompletableFuture<End> end() {
        return end;
    }

    void cancel() {
        var unused = answer.thenAccept(response -> response.body().cancel());
    }
}
