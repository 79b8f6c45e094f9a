package io.streamforge.queue.testing;

import io.streamforge.messages.Command;
import io.streamforge.messages.DeadLetter;
import io.streamforge.messages.SinkNote;
import io.streamforge.queue.kafka.Broker;
import io.streamforge.queue.kafka.BrokerException;
import io.streamforge.queue.kafka.DataRecord;
import io.streamforge.queue.kafka.GroupPosition;
import io.streamforge.queue.kafka.TopicSpec;
import io.streamforge.queue.store.RegisteredSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A broker in memory that remembers what it was asked. */
public final class FakeBroker implements Broker {

    private final List<Command> commands = new CopyOnWriteArrayList<>();
    private final Map<String, TopicSpec> topics = new TreeMap<>();
    private final Map<String, Integer> erased = new LinkedHashMap<>();
    private final List<String> fenced = new ArrayList<>();
    private final List<RegisteredSchema> schemas = new ArrayList<>();
    private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
    private final Map<String, List<DataRecord>> filled = new TreeMap<>();
    private volatile boolean away;
    private volatile GroupPosition position = new GroupPosition(Map.of(), SinkNote.NOTHING, 0);

    public void goAway(boolean value) {
        away = value;
    }

    public List<Command> commands() {
        return List.copyOf(commands);
    }

    public List<Command> commands(Predicate<Command> which) {
        return commands.stream().filter(which).toList();
    }

    public synchronized Map<String, TopicSpec> topics() {
        return Map.copyOf(topics);
    }

    public synchronized List<String> fenced() {
        return List.copyOf(fenced);
    }

    public synchronized List<String> erased() {
        return List.copyOf(erased.keySet());
    }

    public synchronized List<RegisteredSchema> schemas() {
        return List.copyOf(schemas);
    }

    @Override
    public synchronized String write(Command command) {
        requireThere();
        commands.add(command);
        return "queue-control/0/" + (commands.size() - 1);
    }

    @Override
    public synchronized void erase(String queueId, List<String> keys) {
        requireThere();
        keys.forEach(key -> erased.merge(key, 1, Integer::sum));
    }

    @Override
    public synchronized void publish(RegisteredSchema schema) {
        requireThere();
        schemas.add(schema);
    }

    @Override
    public synchronized void ensure(Collection<TopicSpec> wanted) {
        requireThere();
        wanted.forEach(topic -> topics.putIfAbsent(topic.name(), topic));
    }

    @Override
    public synchronized void delete(Collection<String> names) {
        requireThere();
        names.forEach(topics::remove);
    }

    @Override
    public void deleteGroups(Collection<String> groups) {
        requireThere();
    }

    @Override
    public Map<Integer, Long> endOffsets(String topic) {
        requireThere();
        return Map.of(0, 101L);
    }

    /** What is answered when a group's position is asked for. */
    public void consumed(GroupPosition value) {
        position = value;
    }

    @Override
    public GroupPosition position(String group, String topic) {
        requireThere();
        return position;
    }

    @Override
    public synchronized void fence(Collection<String> transactionalIds) {
        requireThere();
        fenced.addAll(transactionalIds);
    }

    @Override
    public synchronized void fill(String topic, List<DataRecord> records) {
        requireThere();
        filled.putIfAbsent(topic, List.copyOf(records));
    }

    /** The records that were put into topics. */
    public synchronized Map<String, List<DataRecord>> filled() {
        return Map.copyOf(filled);
    }

    @Override
    public List<DeadLetter> deadLetters(String queueId) {
        requireThere();
        return List.copyOf(letters);
    }

    public void add(DeadLetter letter) {
        letters.add(letter);
    }

    @Override
    public void ping() {
        requireThere();
    }

    private void requireThere() {
        if (away) {
            throw new BrokerException("no answer", new IllegalStateException("away"));
        }
    }

    @Override
    public void close() {}
}
