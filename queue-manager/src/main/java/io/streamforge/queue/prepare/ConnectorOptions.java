package io.streamforge.queue.prepare;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.References;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options as connectors take them, with the references that workers will see. */
record ConnectorOptions(References.Resolver references) {

    Options of(ConnectorDescriptor.@Nullable Role role, Map<String, Object> written) throws ConnectorException {
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> resolved = References.resolve(written, references, problems);
        if (problems.isEmpty()) {
            var parsed = new OptionParser(Objects.requireNonNull(role).options()).parse(resolved, problems);
            if (parsed.isPresent()) {
                return parsed.get();
            }
        }
        Problem first = problems.get(0);
        throw new ConnectorException(
                new ErrorInfo(first.code(), Category.FATAL, first.message(), first.path(), first.suggestion()), null);
    }

    static ConnectorException notLoaded(String connector) {
        return new ConnectorException(
                "CONNECTOR-NOT-LOADED",
                Category.FATAL,
                "connector '" + connector + "' is known here by its description only and cannot ask the system",
                "put the connector's jar on queue-manager's class path");
    }
}
