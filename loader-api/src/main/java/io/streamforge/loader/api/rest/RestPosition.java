package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where reading goes on.
 *
 * @param page number of the page in reading order, from 1
 * @param at its address
 * @param row how many of its rows have been read
 */
record RestPosition(long page, String at, int row) {

    static RestPosition of(Optional<Position> from, Paging paging) throws ConnectorException {
        if (from.isEmpty()) {
            return new RestPosition(1, paging.first(), 0);
        }
        Position position = from.get();
        Optional<Long> page = position.number("page");
        Optional<String> at = position.text("at");
        if (page.isEmpty() || at.isEmpty()) {
            throw new ConnectorException(
                    "REST-BAD-POSITION",
                    Category.FATAL,
                    "the position is not one of this source",
                    "start the workflow afresh if its source has changed");
        }
        return new RestPosition(
                page.get(), at.get(), position.number("row").orElse(0L).intValue());
    }

    Position toPosition() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("page", page);
        values.put("at", at);
        values.put("row", row);
        return new Position(values);
    }
}
