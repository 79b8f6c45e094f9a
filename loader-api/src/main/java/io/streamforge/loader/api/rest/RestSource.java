package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.Source;
import io.streamforge.loader.api.PageFlux;
import io.streamforge.loader.api.http.HttpCalls;
import io.streamforge.loader.api.http.Masking;
import io.streamforge.loader.api.http.Pauses;
import io.streamforge.loader.api.http.Refusals;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Column;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import reactor.core.publisher.Flux;

/** An API, read page after page; a single split. */
final class RestSource implements Source {

    private static final Split ALL = new Split("pages", Map.of());

    private final RestOptions options;
    private final HttpCalls calls;

    RestSource(RestOptions options, Pauses pauses) {
        this.options = options;
        List<String> secrets = new ArrayList<>(options.headers().values());
        secrets.addAll(options.address().values());
        calls = new HttpCalls(
                "REST", options.http(), options.requests(), new Masking(secrets), Refusals.PLAIN, List.of(), pauses);
    }

    /** Asks for the first page, also when the columns are known: that is how an API shows that it is there. */
    @Override
    public Discovery discover() throws ConnectorException {
        try {
            Paging paging = options.paging();
            List<Column> found = calls.get(paging.uri(paging.first()), options.parser()::columns);
            List<Column> columns = options.columns().isEmpty() ? inferred(found) : options.columns();
            RowSchema schema = new RowSchema(name(options.address().url()), columns, options.key());
            return new Discovery(schema, List.of(ALL), OptionalLong.empty());
        } catch (InterruptedException e) {
            throw HttpCalls.interrupted(e);
        }
    }

    @Override
    public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
        RestPosition start;
        try {
            start = RestPosition.of(from, options.paging());
        } catch (ConnectorException e) {
            return Flux.error(e);
        }
        return PageFlux.of(() -> new RestPages(calls, options, schema, start));
    }

    private List<Column> inferred(List<Column> found) throws ConnectorException {
        if (found.isEmpty()) {
            throw new ConnectorException(
                    "REST-NO-COLUMNS",
                    Category.FATAL,
                    "the first page has no rows to infer columns from",
                    "declare them in columns");
        }
        return RowOptions.withKey(found, options.key());
    }

    /** The last part of the path, which usually says what the rows are. */
    private static String name(URI url) {
        String[] parts = url.getPath().split("/");
        String last = parts.length == 0 ? "" : parts[parts.length - 1];
        return last.isEmpty() ? "rows" : last;
    }
}
