package io.streamforge.model;

/** A place in a text; both numbers count from 1. */
public record Location(int line, int column) {

    public static final Location START = new Location(1, 1);
}
