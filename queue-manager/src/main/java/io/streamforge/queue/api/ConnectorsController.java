package io.streamforge.queue.api;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.Json;
import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.Discoverer;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import io.streamforge.record.RowSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** {@code /api/v1/connectors}. */
@RestController
@RequestMapping(path = "/api/v1/connectors", produces = MediaType.APPLICATION_JSON_VALUE)
class ConnectorsController {

    private static final TypeReference<Map<String, Object>> OPTIONS = new TypeReference<>() {};

    private final ConnectorDescriptors descriptors;
    private final Discoverer discoverer;
    private final BoundedCalls calls;

    ConnectorsController(ConnectorDescriptors descriptors, Discoverer discoverer, BoundedCalls calls) {
        this.descriptors = descriptors;
        this.discoverer = discoverer;
        this.calls = calls;
    }

    @GetMapping
    ListView<ConnectorDescriptor> list() {
        return ListView.of(List.copyOf(descriptors.all().values()));
    }

    @GetMapping("/{type}")
    ConnectorDescriptor get(@PathVariable String type) {
        return descriptors
                .find(type)
                .orElseThrow(() -> new RefusedException(
                        Reason.NOT_FOUND,
                        "CONNECTOR-UNKNOWN",
                        "there is no connector of this name; "
                                + Suggestions.sentence(
                                        type.length() > 50 ? "" : type,
                                        descriptors.all().keySet())));
    }

    /** JSON Schemas of the options, as a source and as a sink. */
    @GetMapping("/{type}/config-schema")
    Map<String, Object> schema(@PathVariable String type) {
        ConnectorDescriptor descriptor = get(type);
        Map<String, Object> schemas = new LinkedHashMap<>();
        ConnectorDescriptor.Role source = descriptor.source();
        if (source != null) {
            schemas.put("source", OptionsSchema.of(descriptor.title() + " as a source", source.options()));
        }
        ConnectorDescriptor.Role sink = descriptor.sink();
        if (sink != null) {
            schemas.put("sink", OptionsSchema.of(descriptor.title() + " as a sink", sink.options()));
        }
        return schemas;
    }

    /**
     * @param schema what a source has; absent otherwise
     * @param problems what keeps any rows from being written to a target; absent for a source
     */
    record Check(
            boolean reachable,
            @Nullable RowSchema schema,
            @Nullable Integer splits,
            @Nullable Long estimatedRows,
            @Nullable List<Problem> problems,
            @Nullable ErrorInfo error) {}

    /** Asks the system: the body holds the options of a source, or of a sink when {@code role} says so or there is no source. */
    @PostMapping("/{type}/check")
    Check check(
            @PathVariable String type,
            @RequestParam(required = false) @Nullable String role,
            @RequestBody(required = false) byte @Nullable [] body) {
        ConnectorDescriptor descriptor = get(type);
        String asked = role != null ? role : descriptor.source() != null ? "source" : "sink";
        boolean known = (asked.equals("source") && descriptor.source() != null)
                || (asked.equals("sink") && descriptor.sink() != null);
        if (!known) {
            throw new RefusedException(
                    Reason.INVALID,
                    "CHECK-ROLE",
                    "role: '" + (asked.length() > 20 ? "…" : asked)
                            + "' is not a role of this connector; its pages say "
                            + "whether it is a source, a sink or both");
        }
        Map<String, Object> options = options(body);
        return calls.call(() -> asked.equals("source") ? discover(type, options) : target(type, options));
    }

    private Check target(String type, Map<String, Object> options) {
        try {
            return new Check(true, null, null, null, discoverer.checkTarget(type, options), null);
        } catch (ConnectorException e) {
            return new Check(false, null, null, null, null, e.error());
        }
    }

    private Check discover(String type, Map<String, Object> options) {
        try {
            Discovery found = discoverer.discover(type, options);
            Long rows = found.estimatedRows().isPresent()
                    ? Long.valueOf(found.estimatedRows().getAsLong())
                    : null;
            return new Check(true, found.schema(), found.splits().size(), rows, null, null);
        } catch (ConnectorException e) {
            return new Check(false, null, null, null, null, e.error());
        }
    }

    private static Map<String, Object> options(byte @Nullable [] body) {
        try {
            return Json.MAPPER.readValue(RequestText.of(body), OPTIONS);
        } catch (JacksonException e) {
            throw new RefusedException(
                    Reason.MALFORMED, "MALFORMED", "the body is not a JSON object: " + e.getOriginalMessage());
        }
    }
}
