package io.streamforge.standalone;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the command line shows of a run, read from the API's answer. */
record RunView(JsonNode json) {

    /** A vertex of the run: what it is doing and how far it is. */
    record Vertex(String name, String status, long read, long written, long lag) {}

    /** The account of an edge: {@code in = out + filtered + rejected} when the run is complete. */
    record Edge(String from, String to, long in, long out, long filtered, long rejected) {}

    String queueId() {
        return json.path("queue_id").asString("");
    }

    String state() {
        return json.path("state").asString("");
    }

    boolean ended() {
        return switch (state()) {
            case "completed", "failed", "stopped" -> true;
            default -> false;
        };
    }

    /** Seconds from the first row read to the last commit, 0 when nothing was read. */
    double dataSeconds() {
        return json.path("data_seconds").asDouble(0);
    }

    /** Why the run is where it is, such as what it waits for; empty when there is nothing to say. */
    String reason() {
        return json.path("reason").asString("");
    }

    JsonNode error() {
        return json.path("error");
    }

    List<Vertex> vertices() {
        List<Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : json.path("vertices")) {
            vertices.add(new Vertex(
                    vertex.path("name").asString(""),
                    vertex.path("status").asString(""),
                    vertex.path("records_read").asLong(0),
                    vertex.path("records_written").asLong(0),
                    vertex.path("lag").asLong(0)));
        }
        return vertices;
    }

    List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (JsonNode edge : json.path("edges")) {
            edges.add(new Edge(
                    edge.path("from").asString(""),
                    edge.path("to").asString(""),
                    edge.path("in").asLong(0),
                    edge.path("out").asLong(0),
                    edge.path("filtered").asLong(0),
                    edge.path("rejected").asLong(0)));
        }
        return edges;
    }
}
