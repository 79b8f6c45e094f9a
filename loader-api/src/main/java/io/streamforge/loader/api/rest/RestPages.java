package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.api.http.HttpCalls;
import io.streamforge.loader.api.http.HttpReply;
import io.streamforge.loader.api.rest.ParsedPage.Chunk;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowSchema;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The pages of an API, one call each. */
final class RestPages implements PageFlux.Pages {

    private final HttpCalls calls;
    private final RestOptions options;
    private final RowSchema schema;
    private final Deque<RecordBatch> ready = new ArrayDeque<>();
    private RestPosition here;
    private byte[] before = new byte[0];
    private boolean finished;

    RestPages(HttpCalls calls, RestOptions options, RowSchema schema, RestPosition from) {
        this.calls = calls;
        this.options = options;
        this.schema = schema;
        here = from;
    }

    /** A page with the reply it came from. */
    private record Fetched(HttpReply reply, ParsedPage page) {}

    @Override
    public Optional<RecordBatch> next() throws ConnectorException, InterruptedException {
        while (ready.isEmpty() && !finished) {
            if (options.maxPages() > 0 && here.page() > options.maxPages()) {
                finished = true;
            } else {
                fetch();
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    private void fetch() throws ConnectorException, InterruptedException {
        RestPosition current = here;
        Fetched fetched = calls.get(
                options.paging().uri(current.at()),
                reply -> new Fetched(reply, options.parser().rows(reply, schema, current.page(), current.row())));
        ParsedPage page = fetched.page();
        refuseRepetition(fetched.reply().body(), page.rows());
        Optional<String> next = options.paging().next(current.at(), fetched.reply(), page.rows());
        boolean stay = next.isEmpty() || options.paging().mayGrow(page.rows());
        RestPosition end = stay
                ? new RestPosition(current.page(), current.at(), Math.max(page.rows(), current.row()))
                : new RestPosition(current.page() + 1, next.get(), 0);
        give(page.chunks(), current, end);
        finished = next.isEmpty();
        next.ifPresent(at -> here = new RestPosition(current.page() + 1, at, 0));
    }

    private void give(List<Chunk> chunks, RestPosition current, RestPosition end) {
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            boolean last = i == chunks.size() - 1;
            RestPosition after = last ? end : new RestPosition(current.page(), current.at(), chunk.end());
            ready.add(new RecordBatch(schema, chunk.rows(), after.toPosition(), chunk.rejected()));
        }
        if (chunks.isEmpty() && end.page() > current.page()) {
            ready.add(new RecordBatch(schema, new RowBuffer(), end.toPosition()));
        }
    }

    /** An API that does not know a parameter ignores it, and gives its first page for ever. */
    private void refuseRepetition(byte[] body, int rows) throws ConnectorException {
        if (rows > 0 && Arrays.equals(body, before)) {
            throw new ConnectorException(
                    "REST-PAGE-REPEATED",
                    Category.FATAL,
                    "page " + here.page() + " is the same as the page before it",
                    "check that the API knows the parameters of this kind of paging");
        }
        before = body;
    }
}
