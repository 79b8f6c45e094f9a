/**
 * SQL expressions over one row.
 *
 * <p>Text becomes <b>tokens</b>, tokens a <b>syntax</b> tree, and the syntax, checked against the columns of a row schema, an
 * <b>expression</b> that is evaluated row by row. Logic has three values: a comparison with null is unknown. While an expression
 * runs, whole numbers are {@code Long}, decimals {@code BigDecimal}, floats {@code Double}; other values have the Java form of
 * their column type. Nothing but the columns and the functions listed in {@link
 * io.streamforge.operators.expression.Functions} can be reached.
 */
@NullMarked
package io.streamforge.operators.expression;

import org.jspecify.annotations.NullMarked;
