package io.streamforge.connector.mysql;

import io.streamforge.record.RowWriter;

/** Copies one value of a row image into the next column of a row. */
@FunctionalInterface
interface Cell {

    /**
     * @param at where the value begins, at its length if it has one
     * @throws io.streamforge.record.InvalidValueException when the column cannot hold the value
     */
    void write(byte[] bytes, int at, RowWriter row);
}
