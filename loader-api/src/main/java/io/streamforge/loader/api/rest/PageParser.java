package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.http.HttpReply;
import io.streamforge.loader.api.rest.ParsedPage.Chunk;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Json;
import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RejectedRow;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Takes the rows out of pages. A page that is no JSON fails with a {@code JacksonException}, however far it was read. */
final class PageParser {

    private static final int CHUNK_BYTES = 512 * 1024;
    private static final int RAW_BYTES = 16 * 1024;

    private final JsonPointer pointer;

    PageParser(JsonPointer pointer) {
        this.pointer = pointer;
    }

    /**
     * The rows after the first {@code skip}.
     *
     * @param number of the page, for the place of rejected rows
     */
    ParsedPage rows(HttpReply reply, RowSchema schema, long number, int skip) throws ConnectorException {
        Rows rows = new Rows(reply.body(), schema, number, skip);
        eachRow(reply, rows::add);
        return rows.page();
    }

    /** The columns that the rows of a page have, all nullable; empty when the page has no rows. */
    List<Column> columns(HttpReply reply) throws ConnectorException {
        Map<String, ColumnGuess> guesses = new LinkedHashMap<>();
        eachRow(reply, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                guesses.computeIfAbsent(name, key -> new ColumnGuess()).add(parser);
            }
        });
        List<Column> columns = new ArrayList<>();
        guesses.forEach((name, guess) -> {
            if (!name.isEmpty()) {
                columns.add(Column.nullable(name, guess.type()));
            }
        });
        return columns;
    }

    /** Stands at the first token of a row and leaves the parser at its last. */
    private interface RowReader {
        void read(JsonParser parser);
    }

    private void eachRow(HttpReply reply, RowReader reader) throws ConnectorException {
        if (reply.status() == 204) {
            return;
        }
        try (JsonParser parser = Json.MAPPER.createParser(reply.body())) {
            boolean found = JsonPages.seek(parser, pointer);
            if (found && parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    reader.read(parser);
                }
                drain(parser);
                return;
            }
            boolean nothing = found && parser.currentToken() == JsonToken.VALUE_NULL;
            drain(parser);
            if (!nothing) {
                throw noRows(reply, found);
            }
        }
    }

    /** What follows the rows must be JSON too, or the page was cut. */
    private static void drain(JsonParser parser) {
        if (!parser.hasCurrentToken() && parser.nextToken() == null) {
            throw new StreamReadException(parser, "the page is empty");
        }
        while (parser.nextToken() != null) {
            parser.skipChildren();
        }
    }

    private ConnectorException noRows(HttpReply reply, boolean found) {
        List<String> arrays = JsonPages.arrays(reply.body());
        String where = pointer.toString().isEmpty() ? "the page itself" : "rows (" + pointer + ")";
        return new ConnectorException(
                "REST-NO-ROWS",
                Category.FATAL,
                where + (found ? " is not an array" : " leads to nothing"),
                arrays.isEmpty()
                        ? "set rows to the JSON pointer of the array"
                        : "set rows to one of " + String.join(", ", arrays));
    }

    /** Collects the rows of one page. */
    private static final class Rows {

        private final byte[] body;
        private final long page;
        private final int skip;
        private final JsonRows json;
        private final RowWriter writer;
        private final List<Chunk> chunks = new ArrayList<>();
        private List<RejectedRow> rejected = new ArrayList<>();
        private int number;

        Rows(byte[] body, RowSchema schema, long page, int skip) {
            this.body = body;
            this.page = page;
            this.skip = skip;
            json = new JsonRows(schema);
            writer = new RowWriter(schema).to(new RowBuffer());
        }

        void add(JsonParser parser) {
            number++;
            if (number <= skip) {
                parser.skipChildren();
                return;
            }
            long start = parser.currentTokenLocation().getByteOffset();
            Optional<String> problem = write(parser);
            problem.ifPresent(
                    message -> reject(message, start, parser.currentLocation().getByteOffset()));
            if (writer.buffer().byteSize() >= CHUNK_BYTES) {
                cut();
            }
        }

        private Optional<String> write(JsonParser parser) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return Optional.of("expected an object");
            }
            try {
                json.read(parser, writer);
                writer.endRow();
                return Optional.empty();
            } catch (InvalidValueException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        private void reject(String message, long start, long end) {
            int from = (int) Math.max(0, start);
            int to = (int) Math.min(Math.min(Math.max(end, from), body.length), from + (long) RAW_BYTES);
            rejected.add(new RejectedRow(
                    "page " + page + ", row " + number, "INVALID-VALUE", message, Arrays.copyOfRange(body, from, to)));
        }

        private void cut() {
            chunks.add(new Chunk(writer.buffer(), List.copyOf(rejected), number));
            writer.to(new RowBuffer());
            rejected = new ArrayList<>();
        }

        ParsedPage page() {
            if (writer.buffer().rows() > 0 || !rejected.isEmpty()) {
                cut();
            }
            return new ParsedPage(chunks, number);
        }
    }
}
