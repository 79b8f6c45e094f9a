package io.streamforge.observability;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.action.admin.cluster.node.info.NodeInfo;
import org.opensearch.http.HttpInfo;
import tools.jackson.databind.JsonNode;

/** An OpenSearch node in this JVM, spoken to over HTTP as Fluent Bit and Kibana speak to Elasticsearch. */
final class SearchEngine implements AutoCloseable {

    private final OpenSearchRunner runner;
    private final Http http;

    private SearchEngine(OpenSearchRunner runner, Http http) {
        this.runner = runner;
        this.http = http;
    }

    static SearchEngine start(Path directory) {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> settings.put("http.port", "0")
                        .put("network.host", "127.0.0.1")
                        .put("transport.port", "0")
                        .put("discovery.type", "single-node"))
                .build(OpenSearchRunner.newConfigs()
                        .basePath(directory.toString())
                        .clusterName("logs")
                        .numOfNode(1)
                        .disableESLogger());
        runner.ensureYellow();
        return new SearchEngine(runner, new Http(URI.create("http://127.0.0.1:" + port(runner)), ""));
    }

    /** The port that the node has taken. */
    private static int port(OpenSearchRunner runner) {
        NodeInfo node = runner.admin()
                .cluster()
                .prepareNodesInfo()
                .all()
                .get()
                .getNodes()
                .get(0);
        return node.getInfo(HttpInfo.class).getAddress().publishAddress().getPort();
    }

    JsonNode call(String method, String path, String body) {
        return http.call(method, path, "application/json", body);
    }

    @Override
    public void close() throws IOException {
        runner.close();
        runner.clean();
    }
}
