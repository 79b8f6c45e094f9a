package io.streamforge.testing.arango;

import io.streamforge.testing.arango.DocumentWriter.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A parsed query; runs within a transaction. */
final class AqlQuery {

    static final JsonNode ZERO = JsonNodeFactory.instance.numberNode(0);

    private final List<Clause> clauses;
    private final @Nullable Expression result;

    AqlQuery(List<Clause> clauses, @Nullable Expression result) {
        this.clauses = List.copyOf(clauses);
        this.result = result;
    }

    /**
     * @param fullCount rows before the last LIMIT
     */
    record Result(List<JsonNode> rows, long fullCount, long writes) {}

    record SortKey(Expression key, boolean descending) {}

    /** A part of a query, from rows to rows. */
    interface Clause {

        /** A part that writes. */
        interface Modify extends Clause {}

        record ForDocuments(String variable, String collection) implements Clause {}

        record ForItems(String variable, Expression list) implements Clause {}

        record Let(String variable, Expression value) implements Clause {}

        record Filter(Expression condition) implements Clause {}

        record Sort(List<SortKey> keys) implements Clause {}

        record Limit(Expression offset, Expression count) implements Clause {}

        record Count(String variable) implements Clause {}

        record Insert(Expression document, String collection, Expression options) implements Modify {}

        record Remove(Expression selector, String collection, Expression options) implements Modify {}

        record Change(boolean replace, Expression selector, Expression document, String collection, Expression options)
                implements Modify {}

        record Upsert(
                Expression example,
                Expression insert,
                boolean replace,
                Expression change,
                String collection,
                Expression options)
                implements Modify {}
    }

    Result run(Transaction transaction, boolean versions) {
        Run run = new Run(transaction, versions);
        List<Scope> rows = List.of(new Scope(new HashMap<>()));
        for (int i = 0; i < clauses.size(); i++) {
            rows = run.apply(clauses.get(i), i + 1 < clauses.size() ? clauses.get(i + 1) : null, rows);
        }
        Expression last = result;
        List<JsonNode> found =
                last == null ? List.of() : rows.stream().map(last::eval).toList();
        return new Result(found, run.fullCount < 0 ? found.size() : run.fullCount, run.writes);
    }

    /** One execution. */
    private static final class Run {

        private final Transaction transaction;
        private final boolean versions;
        private long fullCount = -1;
        private long writes;

        private Run(Transaction transaction, boolean versions) {
            this.transaction = transaction;
            this.versions = versions;
        }

        private List<Scope> apply(Clause clause, @Nullable Clause following, List<Scope> rows) {
            if (clause instanceof Clause.ForDocuments loop) {
                return flatten(
                        rows, row -> documents(loop, following, row).map(row2 -> row.with(loop.variable(), row2)));
            } else if (clause instanceof Clause.ForItems loop) {
                return flatten(
                        rows, row -> loop.list().eval(row).valueStream().map(item -> row.with(loop.variable(), item)));
            } else if (clause instanceof Clause.Let let) {
                return flatten(
                        rows,
                        row -> Stream.of(row.with(let.variable(), let.value().eval(row))));
            } else if (clause instanceof Clause.Filter filter) {
                return rows.stream()
                        .filter(row -> Values.truth(filter.condition().eval(row)))
                        .toList();
            } else if (clause instanceof Clause.Sort sort) {
                return rows.stream().sorted(comparator(sort.keys())).toList();
            } else if (clause instanceof Clause.Limit limit) {
                return limited(limit, rows);
            } else if (clause instanceof Clause.Count count) {
                return List.of(new Scope(Map.of(count.variable(), JsonNodeFactory.instance.numberNode(rows.size()))));
            }
            return flatten(rows, row -> Stream.of(write((Clause.Modify) clause, row)));
        }

        private static List<Scope> flatten(List<Scope> rows, Function<Scope, Stream<Scope>> step) {
            List<Scope> all = new ArrayList<>();
            rows.forEach(row -> step.apply(row).forEach(all::add));
            return all;
        }

        private Stream<ObjectNode> documents(Clause.ForDocuments loop, @Nullable Clause following, Scope row) {
            Collection collection = transaction.database().collection(loop.collection());
            Optional<Expression> key = following instanceof Clause.Filter filter
                    ? keyLookup(loop.variable(), filter.condition())
                    : Optional.empty();
            return key.isPresent()
                    ? Stream.ofNullable(
                            transaction.get(collection, key.get().eval(row).asString("")))
                    : transaction.all(collection).stream();
        }

        /** What {@code variable._key} must be equal to, if the condition says so. */
        private static Optional<Expression> keyLookup(String variable, Expression condition) {
            if (condition instanceof Expression.And and) {
                return keyLookup(variable, and.left()).or(() -> keyLookup(variable, and.right()));
            }
            if (condition instanceof Expression.Equal equal
                    && equal.left() instanceof Expression.Attribute attribute
                    && attribute.name().equals("_key")
                    && attribute.of().equals(new Expression.Variable(variable))) {
                String root = Expression.root(equal.right());
                return root == null || root.equals(variable) ? Optional.empty() : Optional.of(equal.right());
            }
            return Optional.empty();
        }

        private static Comparator<Scope> comparator(List<SortKey> keys) {
            Comparator<Scope> all = comparator(keys.get(0));
            for (SortKey key : keys.subList(1, keys.size())) {
                all = all.thenComparing(comparator(key));
            }
            return all;
        }

        private static Comparator<Scope> comparator(SortKey key) {
            Comparator<Scope> order = Comparator.comparing(row -> key.key().eval(row), Values.ORDER);
            return key.descending() ? order.reversed() : order;
        }

        private List<Scope> limited(Clause.Limit limit, List<Scope> rows) {
            fullCount = rows.size();
            Scope constants = new Scope(Map.of());
            return rows.stream()
                    .skip(limit.offset().eval(constants).asLong())
                    .limit(limit.count().eval(constants).asLong())
                    .toList();
        }

        private Scope write(Clause.Modify clause, Scope row) {
            writes++;
            Outcome outcome;
            if (clause instanceof Clause.Insert insert) {
                outcome = writer(insert.collection(), insert.options(), row)
                        .insert(insert.document().eval(row));
            } else if (clause instanceof Clause.Remove remove) {
                outcome = writer(remove.collection(), remove.options(), row)
                        .remove(key(remove.selector().eval(row)), null);
            } else if (clause instanceof Clause.Change change) {
                JsonNode document = change.document().eval(row);
                String key = key(change.selector().eval(row));
                DocumentWriter writer = writer(change.collection(), change.options(), row);
                outcome = change.replace() ? writer.replace(key, document, null) : writer.update(key, document, null);
            } else {
                outcome = upsert((Clause.Upsert) clause, row);
            }
            return row.with("OLD", orNull(outcome.before())).with("NEW", orNull(outcome.after()));
        }

        private Outcome upsert(Clause.Upsert upsert, Scope row) {
            DocumentWriter writer = writer(upsert.collection(), upsert.options(), row);
            JsonNode example = upsert.example().eval(row);
            Collection collection = transaction.database().collection(upsert.collection());
            Optional<ObjectNode> existing = example.has("_key")
                    ? Optional.ofNullable(
                            transaction.get(collection, example.path("_key").asString("")))
                    : transaction.all(collection).stream()
                            .filter(document -> example.properties().stream()
                                    .allMatch(member ->
                                            Values.compare(document.path(member.getKey()), member.getValue()) == 0))
                            .findFirst();
            if (existing.isEmpty()) {
                return writer.insert(upsert.insert().eval(row));
            }
            String key = existing.get().path("_key").asString();
            JsonNode change = upsert.change().eval(row.with("OLD", existing.get()));
            return upsert.replace() ? writer.replace(key, change, null) : writer.update(key, change, null);
        }

        private DocumentWriter writer(String collection, Expression options, Scope row) {
            return new DocumentWriter(
                    transaction,
                    transaction.database().collection(collection),
                    WriteOptions.of(options.eval(row), versions));
        }

        private static String key(JsonNode selector) {
            return DocumentWriter.key(selector.isObject() ? selector.path("_key") : selector);
        }

        private static JsonNode orNull(@Nullable ObjectNode document) {
            return document == null ? Values.NULL : document;
        }
    }
}
