package io.streamforge.queue.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * fabric8's API server for tests, which also takes server-side apply, as a merge or as the creation of what is not there, and merges
 * as RFC 7396 says: lists are replaced.
 */
public final class MemoryApiServer {

    /** The log of every pod. */
    public static final String SAID = "all is well\n";

    private MemoryApiServer() {}

    public static KubernetesMockServer start() {
        KubernetesMockServer server =
                new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Dispatcher(), false);
        server.init();
        return server;
    }

    private static final class Dispatcher extends KubernetesCrudDispatcher {

        private static final String CONTENT_TYPE = "Content-Type";
        private static final int NOT_FOUND = 404;
        private static final Pattern LOG = Pattern.compile("(.*/pods/[^/]+)/log\\?.*");

        @Override
        public MockResponse handleGet(String path) {
            Matcher log = LOG.matcher(path);
            if (!log.matches()) {
                return super.handleGet(path);
            }
            MockResponse pod = super.handleGet(log.group(1));
            return pod.code() == NOT_FOUND
                    ? pod
                    : new MockResponse().setResponseCode(200).setBody(SAID);
        }

        @Override
        public MockResponse handlePatch(RecordedRequest request) {
            String type = request.getHeader(CONTENT_TYPE);
            if (type == null || !type.contains("apply-patch")) {
                return super.handlePatch(request);
            }
            byte[] body = request.getBody().getBytes();
            String object = request.getPath().replaceAll("\\?.*", "");
            MockResponse merged = super.handlePatch(as(HttpMethod.PATCH, object, "application/merge-patch+json", body));
            String collection = object.substring(0, object.lastIndexOf('/'));
            return merged.code() == NOT_FOUND
                    ? handleCreate(as(HttpMethod.POST, collection, "application/json", body))
                    : merged;
        }

        private static RecordedRequest as(HttpMethod method, String path, String type, byte[] body) {
            Headers headers = Headers.builder().set(CONTENT_TYPE, type).build();
            return new RecordedRequest("HTTP/1.1", method, path, headers, new Buffer(body));
        }

        @Override
        public JsonNode merge(JsonNode resource, String patch) throws KubernetesCrudDispatcherException {
            return merged(resource, asNode(patch));
        }

        private static JsonNode merged(JsonNode target, JsonNode patch) {
            if (!patch.isObject()) {
                return patch;
            }
            ObjectNode result = target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
            patch.properties().forEach(member -> {
                if (member.getValue().isNull()) {
                    result.remove(member.getKey());
                } else {
                    result.set(member.getKey(), merged(result.path(member.getKey()), member.getValue()));
                }
            });
            return result;
        }
    }
}
