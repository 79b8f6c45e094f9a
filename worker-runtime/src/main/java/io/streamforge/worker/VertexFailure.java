package io.streamforge.worker;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** Why a vertex cannot go on, whose fault it is, and how the worker ends when nobody tries again. */
final class VertexFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Decides how long it is worth trying again. */
    enum Origin {
        CONNECTOR,
        BROKER,
        WORKER
    }

    private final transient ErrorInfo error;
    private final Origin origin;

    private VertexFailure(ErrorInfo error, Origin origin, @Nullable Throwable cause) {
        super(error.code() + ": " + error.message(), cause);
        this.error = error;
        this.origin = origin;
    }

    static VertexFailure fatal(String code, String message, @Nullable String path, @Nullable String suggestion) {
        return new VertexFailure(
                new ErrorInfo(code, Category.FATAL, message, path, suggestion), Origin.CONNECTOR, null);
    }

    static VertexFailure data(String code, String message, @Nullable String suggestion) {
        return new VertexFailure(new ErrorInfo(code, Category.DATA, message, null, suggestion), Origin.CONNECTOR, null);
    }

    /** What a failure of any kind means for the vertex. */
    static VertexFailure of(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof VertexFailure failure) {
            return failure;
        }
        if (cause instanceof ConnectorException && cause.getCause() instanceof VertexFailure failure) {
            return failure;
        }
        if (cause instanceof ConnectorException connector) {
            return new VertexFailure(connector.error(), Origin.CONNECTOR, cause);
        }
        if (cause instanceof KafkaException) {
            return ofKafka(cause);
        }
        return new VertexFailure(
                new ErrorInfo(
                        "WORKER-INTERNAL",
                        Category.FATAL,
                        "the worker failed: " + cause,
                        null,
                        "report it with the worker's log"),
                Origin.WORKER,
                cause);
    }

    private static VertexFailure ofKafka(Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return broker(
                    "KAFKA-ACCESS",
                    Category.FATAL,
                    cause,
                    "check the credentials and rights of the worker's Kafka user");
        }
        if (cause instanceof InvalidOffsetException) {
            return broker(
                    "OFFSET-LOST",
                    Category.FATAL,
                    cause,
                    "records that were not yet read are gone from the topic; start the run afresh");
        }
        return broker("KAFKA-UNAVAILABLE", Category.CONNECTION, cause, "check that the broker runs and can be reached");
    }

    private static VertexFailure broker(String code, Category category, Throwable cause, String suggestion) {
        return new VertexFailure(
                new ErrorInfo(code, category, "Kafka: " + cause.getMessage(), null, suggestion), Origin.BROKER, cause);
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = Exceptions.unwrap(thrown);
        while (cause.getCause() != null && wrapper(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean wrapper(Throwable cause) {
        return cause instanceof CompletionException
                || cause instanceof ExecutionException
                || (cause.getClass() == RuntimeException.class && cause.getCause() instanceof ConnectorException);
    }

    ErrorInfo error() {
        return error;
    }

    Origin origin() {
        return origin;
    }

    /** True when the producer was fenced: by a newer attempt, or by the broker because a transaction took too long. */
    boolean fenced() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    boolean superseded() {
        return error.code().equals(ConnectorException.SUPERSEDED);
    }

    ExitCode exitCode() {
        if (superseded()) {
            return ExitCode.SUPERSEDED;
        }
        return origin == Origin.WORKER ? ExitCode.INTERNAL : ExitCode.of(error);
    }
}
