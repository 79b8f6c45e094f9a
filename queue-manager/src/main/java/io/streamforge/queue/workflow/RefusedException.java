package io.streamforge.queue.workflow;

import io.streamforge.model.Diagnostic;
import java.util.List;

/** A request that cannot be granted; nothing was changed. The message says why and what to do instead. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String code;
    private final transient List<Diagnostic> problems;

    /** Kinds of refusals. */
    public enum Reason {
        /** The text is no YAML or JSON. */
        MALFORMED,
        /** The text can be read, but what it asks for is wrong. */
        INVALID,
        NOT_FOUND,
        CONFLICT,
        /** The document is not at the version the caller has seen. */
        STALE,
        /** Something that is needed for it is away. */
        UNAVAILABLE
    }

    public RefusedException(Reason reason, String code, String message, List<Diagnostic> problems) {
        super(message);
        this.reason = reason;
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    public RefusedException(Reason reason, String code, String message) {
        this(reason, code, message, List.of());
    }

    static RefusedException noWorkflow(String name) {
        return new RefusedException(Reason.NOT_FOUND, "WORKFLOW-UNKNOWN", "there is no workflow '" + name + "'");
    }

    static RefusedException noRun(String queueId) {
        return new RefusedException(Reason.NOT_FOUND, "RUN-UNKNOWN", "there is no run " + queueId);
    }

    public Reason reason() {
        return reason;
    }

    public String code() {
        return code;
    }

    public List<Diagnostic> problems() {
        return problems;
    }
}
