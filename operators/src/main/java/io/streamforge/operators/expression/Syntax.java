package io.streamforge.operators.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it was written, before anything is known of columns and types. */
sealed interface Syntax {

    /** Index of the character in the text that a message about this should name. */
    int position();

    record Numeral(String text, int position) implements Syntax {}

    record Text(String value, int position) implements Syntax {}

    record Bool(boolean value, int position) implements Syntax {}

    record Null(int position) implements Syntax {}

    /** {@code DATE '2024-08-01'}. */
    record Typed(String type, String text, int position) implements Syntax {}

    record Name(String name, boolean quoted, int position) implements Syntax {}

    record Negation(Syntax operand, int position) implements Syntax {}

    record Not(Syntax operand, int position) implements Syntax {}

    /** {@code AND} or {@code OR} of two or more. */
    record Logic(boolean and, List<Syntax> operands, int position) implements Syntax {}

    /** Arithmetic and {@code ||}. */
    record Arithmetic(String operator, Syntax left, Syntax right, int position) implements Syntax {}

    record Comparison(String operator, Syntax left, Syntax right, int position) implements Syntax {}

    /** {@code IS [NOT] NULL}. */
    record IsNull(Syntax operand, boolean negated, int position) implements Syntax {}

    /** {@code IS [NOT] TRUE} and {@code IS [NOT] FALSE}. */
    record IsTruth(Syntax operand, boolean value, boolean negated, int position) implements Syntax {}

    /** {@code IS [NOT] DISTINCT FROM}. */
    record Distinct(Syntax left, Syntax right, boolean negated, int position) implements Syntax {}

    record In(Syntax operand, List<Syntax> candidates, boolean negated, int position) implements Syntax {}

    record Between(Syntax operand, Syntax low, Syntax high, boolean negated, int position) implements Syntax {}

    record Like(
            Syntax operand, Syntax pattern, @Nullable Syntax escape, boolean ignoreCase, boolean negated, int position)
            implements Syntax {}

    /** {@code CASE}; a simple one has been rewritten to comparisons. */
    record Case(List<When> whens, @Nullable Syntax otherwise, int position) implements Syntax {}

    record When(Syntax condition, Syntax result) {}

    /** @param lenient whether what cannot be cast is null */
    record Cast(Syntax operand, String type, boolean lenient, int position) implements Syntax {}

    record Call(String function, List<Syntax> arguments, int position) implements Syntax {}
}
