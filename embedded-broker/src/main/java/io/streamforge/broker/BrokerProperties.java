package io.streamforge.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Kafka's own properties for a single small node that keeps many small topics and exactly-once promises. */
final class BrokerProperties {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String ONE = "1";
    private static final long MEBIBYTE = 1 << 20;

    private BrokerProperties() {}

    static Map<String, String> of(BrokerSettings settings, Path data, int port, int controllerPort) {
        Map<String, String> properties = new LinkedHashMap<>();
        network(properties, settings, port, controllerPort);
        properties.put("log.dirs", data.toString());
        singleNode(properties);
        smallTopics(properties);
        smallMemory(properties);
        properties.putAll(settings.overrides());
        return properties;
    }

    private static void network(Map<String, String> properties, BrokerSettings settings, int port, int controllerPort) {
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@" + BrokerSettings.LOOPBACK + ":" + controllerPort);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put(
                "listeners",
                "PLAINTEXT://" + settings.host() + ":" + port + "," + CONTROLLER_LISTENER + "://"
                        + BrokerSettings.LOOPBACK + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + settings.advertisedHost() + ":" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
    }

    /** Internal topics with the default of three replicas could never be written, and exactly-once would hang silently. */
    private static void singleNode(Map<String, String> properties) {
        properties.put("default.replication.factor", ONE);
        properties.put("min.insync.replicas", ONE);
        properties.put("offsets.topic.replication.factor", ONE);
        properties.put("transaction.state.log.replication.factor", ONE);
        properties.put("transaction.state.log.min.isr", ONE);
        properties.put("share.coordinator.state.topic.replication.factor", ONE);
        properties.put("share.coordinator.state.topic.min.isr", ONE);
        properties.put("auto.create.topics.enable", "false");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // A node that was killed may register again only when its old session has ended.
        properties.put("broker.session.timeout.ms", "3000");
        // A computer that was off for a week must not make a workflow begin anew; groups go with their runs.
        properties.put("offsets.retention.minutes", String.valueOf(Integer.MAX_VALUE));
        // Rows carry the time of their source, which may lie in the future.
        properties.put("log.message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE));
    }

    private static void smallTopics(Map<String, String> properties) {
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.num.partitions", ONE);
        properties.put("offsets.topic.segment.bytes", String.valueOf(8 * MEBIBYTE));
        properties.put("transaction.state.log.segment.bytes", String.valueOf(8 * MEBIBYTE));
        // After a kill the last segment of each partition is read again, so segments are not large. An index of 512 KiB
        // is
        // enough for a segment of that size.
        properties.put("log.segment.bytes", String.valueOf(128 * MEBIBYTE));
        properties.put("log.index.size.max.bytes", String.valueOf(MEBIBYTE / 2));
        properties.put("metadata.log.segment.bytes", String.valueOf(8 * MEBIBYTE));
        properties.put("log.segment.delete.delay.ms", "5000");
        properties.put("log.retention.check.interval.ms", "60000");
        properties.put("log.cleaner.backoff.ms", "2000");
        properties.put("num.recovery.threads.per.data.dir", "2");
    }

    private static void smallMemory(Map<String, String> properties) {
        properties.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * MEBIBYTE));
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("queued.max.requests", "100");
        properties.put("metric.reporters", "");
    }
}
