package io.streamforge.graph;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.operators.expression.Expression;
import io.streamforge.operators.expression.ExpressionException;
import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The members of a rule, whose expressions are compiled against the rows of the rule's table. */
final class RowFields {

    private static final Set<Kind> NUMBERS =
            Set.of(Kind.INT32, Kind.INT64, Kind.UINT64, Kind.FLOAT32, Kind.FLOAT64, Kind.DECIMAL);
    private static final Set<Kind> NAMES =
            Set.of(Kind.STRING, Kind.INT32, Kind.INT64, Kind.UINT64, Kind.DECIMAL, Kind.UUID, Kind.DATE, Kind.BOOLEAN);
    private static final String LABEL = "[A-Za-z][A-Za-z0-9_]{0,62}";

    private final Fields fields;
    private final RowSchema row;
    private final List<Problem> problems;
    private final int table;

    /**
     * Takes the member {@code table}.
     *
     * @param input tables that rows come from
     */
    RowFields(Fields fields, List<RowSchema> input, List<Problem> problems) {
        this.fields = fields;
        this.problems = problems;
        table = readTable(fields, input);
        row = input.get(table);
    }

    private RowFields(Fields fields, RowFields around) {
        this.fields = fields;
        problems = around.problems;
        table = around.table;
        row = around.row;
    }

    /** The members of a mapping within this one, for the same rows. */
    RowFields within(Fields inner) {
        return new RowFields(inner, this);
    }

    Fields fields() {
        return fields;
    }

    int table() {
        return table;
    }

    /** @param name what the label is when none is written; null when one must be */
    Optional<String> label(@Nullable String name) {
        Optional<String> label = name == null
                ? fields.requiredText("label", "buys_at")
                : fields.text("label", name).or(() -> Optional.of(name));
        return label.filter(text -> {
            boolean good = text.matches(LABEL);
            if (!good) {
                fields.problem(
                        "label",
                        "'" + text + "' is not a label",
                        "begin with a letter and use letters, digits and underscores, at most 63");
            }
            return good;
        });
    }

    /** A text or something that has one form as text. */
    Optional<Expression> key(String member) {
        return typed(member, type -> NAMES.contains(type.kind()), "a name: text, a whole number, a uuid or a date");
    }

    Optional<Expression> number(String member) {
        return typed(member, RowFields::numeric, "a number");
    }

    Optional<Expression> moment(String member) {
        return typed(member, Moments::typed, "a date or timestamp");
    }

    Optional<Expression> condition(String member) {
        return typed(member, DataType.BOOLEAN::equals, "a condition");
    }

    Optional<Expression> property(String member) {
        return typed(
                member,
                type -> switch (type.kind()) {
                    case ARRAY, MAP, BYTES -> false;
                    default -> true;
                },
                "a value that JSON has a form for");
    }

    static boolean numeric(DataType type) {
        return NUMBERS.contains(type.kind());
    }

    static boolean ordered(DataType type) {
        return numeric(type) || Moments.typed(type) || type.kind() == Kind.STRING || type.kind() == Kind.TIME;
    }

    /**
     * The vertex rule that a member names.
     *
     * @param sameRow whether the vertex has to be made of the same row
     */
    Optional<VertexRule> vertex(String member, String name, VertexRules vertices, boolean sameRow) {
        if (!vertices.names().contains(name)) {
            fields.problem(
                    "GRAPH-REFERENCE",
                    member,
                    "there is no vertex '" + name + "'",
                    Suggestions.sentence(name, vertices.names()));
        }
        Optional<VertexRule> found = vertices.find(name);
        boolean elsewhere =
                sameRow && found.isPresent() && found.get().element().table() != table;
        if (elsewhere) {
            fields.problem(
                    "GRAPH-REFERENCE",
                    member,
                    "vertex '" + name + "' is made of rows of another table",
                    "an edge says how its key is found: {vertex: " + name + ", key: \"…\"}");
        }
        return elsewhere ? Optional.empty() : found;
    }

    private Optional<Expression> typed(String member, Predicate<DataType> accepted, String words) {
        return fields.text(member, "a column").flatMap(text -> {
            try {
                Expression compiled = Expression.compile(text, row);
                if (accepted.test(compiled.type())) {
                    return Optional.of(compiled);
                }
                fields.problem("EXPRESSION-TYPE", member, "expected " + words + ", not " + compiled.type(), "CAST it");
            } catch (ExpressionException e) {
                problems.add(
                        new Problem(e.code(), fields.path(member), String.valueOf(e.getMessage()), e.suggestion()));
            }
            return Optional.empty();
        });
    }

    private static int readTable(Fields fields, List<RowSchema> input) {
        List<String> names = input.stream().map(RowSchema::name).toList();
        Optional<String> written = fields.text("table", names.get(0));
        if (written.isEmpty() && input.size() == 1) {
            return 0;
        }
        if (written.isEmpty()) {
            fields.problem(
                    "table",
                    "the rows come from " + input.size() + " tables",
                    "name one of " + String.join(", ", names));
            return 0;
        }
        int found = names.indexOf(written.get());
        if (found < 0) {
            fields.problem(
                    "GRAPH-REFERENCE",
                    "table",
                    "there is no table '" + written.get() + "'",
                    Suggestions.sentence(written.get(), names));
        }
        return Math.max(0, found);
    }
}
