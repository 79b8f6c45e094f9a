package io.streamforge.graph;

import io.streamforge.operators.expression.Expression;

/**
 * How a row becomes a vertex.
 *
 * @param name what other rules call this one
 * @param index among the vertex rules
 */
record VertexRule(String name, int index, ElementRule element, Expression key) {}
