package io.streamforge.graph;

/**
 * An edge of a relation, weighed over a window.
 *
 * @param from id of a vertex
 * @param to id of a vertex
 */
record Weighed(String id, String from, String to, double weight) {}
