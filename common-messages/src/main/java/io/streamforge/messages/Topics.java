package io.streamforge.messages;

/** Names of topics and of what identifies their records. */
public final class Topics {

    public static final String CONTROL = "queue-control";
    public static final String EVENTS = "queue-events";
    public static final String SCHEMAS = "streamforge-schemas";

    private Topics() {}

    /** The data topic of a run with a single edge. */
    public static String data(String queueId) {
        return queueId + "-data";
    }

    public static String data(String queueId, String edge) {
        return queueId + "-" + edge + "-data";
    }

    public static String dead(String queueId) {
        return queueId + "-dead";
    }

    public static String positions(String workflow) {
        return workflow + "-positions";
    }

    /** Key of a command: the latest of each kind stays for every vertex when the topic is compacted. */
    public static String commandKey(String queueId, String vertex, String command) {
        return queueId + "/" + vertex + "/" + command;
    }

    /** Key of a position; never holds a task's number, so that a split is found again when it is spread over other tasks. */
    public static String positionKey(String vertex, String split) {
        return logical(vertex) + "/" + split;
    }

    /** The transactional id of a split; never holds attempt or task number, so that whoever reads the split next fences the last. */
    public static String transactionalId(String workflow, String vertex, String split) {
        return workflow + "/" + logical(vertex) + "/" + split;
    }

    /** {@code source} for {@code source-2}, the third task of a source that is read by several. */
    public static String logical(String vertex) {
        int dash = vertex.lastIndexOf('-');
        boolean numbered = dash > 0
                && dash < vertex.length() - 1
                && vertex.chars().skip(dash + 1L).allMatch(Character::isDigit);
        return numbered ? vertex.substring(0, dash) : vertex;
    }

    /** The consumer group of a vertex. */
    public static String group(String queueId, String vertex) {
        return queueId + "-" + vertex;
    }

    /** Key of a dead letter: where the rejected record stood. */
    public static String deadKey(String topic, int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }
}
