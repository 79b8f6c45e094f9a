package io.streamforge.operators;

import io.streamforge.connector.Problem;
import io.streamforge.connector.Suggestions;
import io.streamforge.operators.expression.Expression;
import io.streamforge.operators.expression.ExpressionException;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators' configurations have in common: shapes, column names, expressions. */
final class Configurations {

    private Configurations() {}

    static Optional<Expression> expression(Object text, String path, RowSchema input, List<Problem> problems) {
        boolean scalar = text instanceof String || text instanceof Number || text instanceof Boolean;
        if (!scalar) {
            problems.add(new Problem(
                    "OPERATOR-CONFIGURATION", path, "expected a SQL expression", "for example \"age > 18\""));
            return Optional.empty();
        }
        return compiled(() -> Expression.compile(text.toString(), input), path, problems);
    }

    /** Something that may have a mistake. */
    interface Compilation {
        Expression run() throws ExpressionException;
    }

    static Optional<Expression> compiled(Compilation compilation, String path, List<Problem> problems) {
        try {
            return Optional.of(compilation.run());
        } catch (ExpressionException e) {
            problems.add(new Problem(e.code(), path, String.valueOf(e.getMessage()), e.suggestion()));
            return Optional.empty();
        }
    }

    /** A list of names of existing columns, each once. */
    static List<String> columns(Object written, RowSchema input, List<Problem> problems) {
        List<?> list = written instanceof List<?> many ? many : List.of(written);
        List<String> names = new ArrayList<>();
        for (Object item : list) {
            String name = String.valueOf(item);
            if (!exists(name, "", input, problems)) {
                continue;
            }
            if (names.contains(name)) {
                problems.add(
                        new Problem("OPERATOR-COLUMN", "", "column '" + name + "' is named twice", "name it once"));
            } else {
                names.add(name);
            }
        }
        if (list.isEmpty()) {
            problems.add(
                    new Problem("OPERATOR-CONFIGURATION", "", "expected a list of columns", "for example [id, name]"));
        }
        return names;
    }

    /** Names with a value each. */
    static Map<String, Object> members(Object written, String example, List<Problem> problems) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (written instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((name, value) -> members.put(String.valueOf(name), value == null ? "NULL" : value));
        } else {
            problems.add(
                    new Problem("OPERATOR-CONFIGURATION", "", "expected names with values", "for example " + example));
        }
        return members;
    }

    static boolean exists(String name, String path, RowSchema input, List<Problem> problems) {
        if (input.indexOf(name) >= 0) {
            return true;
        }
        List<String> names = input.columns().stream().map(Column::name).toList();
        problems.add(new Problem(
                "OPERATOR-COLUMN", path, "there is no column '" + name + "'", Suggestions.sentence(name, names)));
        return false;
    }

    /** The column itself as an expression. */
    static Expression column(String name, RowSchema input) {
        try {
            return Expression.column(name, input);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("no column '" + name + "' in " + input.name(), e);
        }
    }
}
