package io.streamforge.queue.launch.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.queue.launch.LaunchException;

/** What an API server's answer means for who asked; pure. */
final class Refusals {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int INVALID = 422;

    private Refusals() {}

    static LaunchException of(String attempted, KubernetesClientException e) {
        String said = e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
        String message = attempted + ": " + said;
        return new LaunchException(
                switch (e.getCode()) {
                    case FORBIDDEN -> WorkloadStates.refusal(said);
                    case UNAUTHORIZED ->
                        new ErrorInfo(
                                "FORBIDDEN",
                                Category.FATAL,
                                message,
                                null,
                                "check the token of queue-manager's service account");
                    case NOT_FOUND ->
                        new ErrorInfo(
                                "NOT-FOUND",
                                Category.FATAL,
                                message,
                                null,
                                "check streamforge.kubernetes.namespace and that its kinds are installed");
                    case INVALID ->
                        new ErrorInfo(
                                "MANIFEST-INVALID",
                                Category.FATAL,
                                message,
                                "kubernetes",
                                "check the workflow's kubernetes section and streamforge.kubernetes.pods");
                    default ->
                        new ErrorInfo(
                                "CLUSTER-UNAVAILABLE",
                                Category.CONNECTION,
                                message,
                                null,
                                "check that the API server runs and can be reached");
                },
                e);
    }
}
