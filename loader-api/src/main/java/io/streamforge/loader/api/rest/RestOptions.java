package io.streamforge.loader.api.rest;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.loader.api.http.HttpOptions;
import io.streamforge.loader.api.http.Requests;
import io.streamforge.record.Column;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read and how it is paged.
 *
 * @param columns empty when they are inferred
 * @param maxPages 0 for all
 */
record RestOptions(
        Address address,
        Requests requests,
        Map<String, String> headers,
        Paging paging,
        PageParser parser,
        List<Column> columns,
        List<String> key,
        int maxPages,
        HttpOptions http) {

    static final List<OptionSpec> SPECS = HttpOptions.after(
            List.of(
                    OptionSpec.of("url", OptionType.STRING, "Address of the rows.")
                            .withRequired()
                            .withExample("https://api.example.com/v1/orders"),
                    OptionSpec.of("method", OptionType.STRING, "How the server is asked.")
                            .withDefault("GET")
                            .withAllowed("GET"),
                    OptionSpec.of(
                                    "query",
                                    OptionType.MAP,
                                    "Parameters that every call carries and that may hold credentials; others may stand in url.")
                            .withSecret()
                            .withExample("{status: paid, api_key: \"${secret:shop-api}\"}"),
                    OptionSpec.of(
                                    "headers",
                                    OptionType.MAP,
                                    "Headers that every call carries; never sent to another server.")
                            .withSecret()
                            .withExample("{Authorization: \"Bearer ${secret:shop-api}\"}"),
                    OptionSpec.of(
                                    "rows",
                                    OptionType.STRING,
                                    "JSON pointer to the array of rows in a page; without it the page itself is the array.")
                            .withDefault("")
                            .withExample("/data/items"),
                    OptionSpec.of(
                                    "columns",
                                    OptionType.MAP,
                                    "Members of a row and their types, in the order of the columns. Without them the first page"
                                            + " decides. Members that are not named are left out.")
                            .withExample("{id: INT64, total: \"DECIMAL(12,2)\", created_at: TIMESTAMP_TZ(3)}"),
                    OptionSpec.of(
                                    "key",
                                    OptionType.LIST,
                                    "Columns that identify a row; rows without them are rejected.")
                            .withExample("[id]"),
                    OptionSpec.of(
                                    "paging",
                                    OptionType.STRING,
                                    "How pages are told apart: by number, by offset (both end with the first empty page), by a cursor"
                                            + " in the page before, or by a link in it.")
                            .withDefault("none")
                            .withAllowed("none", "page", "offset", "cursor", "link"),
                    OptionSpec.of(
                                    "page_size",
                                    OptionType.INTEGER,
                                    "Rows asked for per page; 0 leaves it to the server.")
                            .withDefault("100")
                            .withBounds(0, 100_000),
                    OptionSpec.of("size_param", OptionType.STRING, "Parameter for page_size.")
                            .withDefault("limit")
                            .withExample("per_page"),
                    OptionSpec.of("page_param", OptionType.STRING, "Parameter for the number of the page.")
                            .withDefault("page")
                            .withExample("page"),
                    OptionSpec.of("start_page", OptionType.INTEGER, "Number of the first page.")
                            .withDefault("1")
                            .withBounds(0, 1_000_000_000),
                    OptionSpec.of(
                                    "offset_param",
                                    OptionType.STRING,
                                    "Parameter for the number of rows before the page.")
                            .withDefault("offset")
                            .withExample("skip"),
                    OptionSpec.of("cursor_param", OptionType.STRING, "Parameter for the cursor.")
                            .withDefault("cursor")
                            .withExample("page_token"),
                    OptionSpec.of(
                                    "cursor_pointer",
                                    OptionType.STRING,
                                    "JSON pointer to the cursor of the next page; the page without one is the last.")
                            .withDefault("/next_cursor")
                            .withExample("/meta/next_page_token"),
                    OptionSpec.of(
                                    "link_pointer",
                                    OptionType.STRING,
                                    "JSON pointer to the address of the next page; without it the Link header (rel=\"next\") is"
                                            + " followed.")
                            .withExample("/_links/next/href"),
                    OptionSpec.of(
                                    "max_pages",
                                    OptionType.INTEGER,
                                    "Reads the first so many pages only; 0 reads to the end.")
                            .withDefault("0")
                            .withBounds(0, 1_000_000_000)),
            0);

    /** @throws ConnectorException when options are wrong together */
    static RestOptions of(Options options) throws ConnectorException {
        URI url = RowOptions.checked("url", () -> Requests.address(options.string("url")));
        Map<String, String> headers = options.map("headers");
        Address address = new Address(url, options.map("query"));
        List<String> key = options.list("key");
        return new RestOptions(
                address,
                RowOptions.checked("headers", () -> new Requests(headers)),
                headers,
                paging(options, address),
                new PageParser(RowOptions.pointer(options, "rows")),
                RowOptions.columns(options.map("columns"), key),
                key,
                (int) options.integer("max_pages"),
                HttpOptions.of(options));
    }

    private static Paging paging(Options options, Address address) throws ConnectorException {
        int pageSize = (int) options.integer("page_size");
        Map<String, String> size =
                pageSize == 0 ? Map.of() : Map.of(options.string("size_param"), Integer.toString(pageSize));
        return switch (options.string("paging")) {
            case "page" ->
                new Pagings.Numbered(
                        address, size, options.string("page_param"), options.integer("start_page"), pageSize);
            case "offset" -> new Pagings.Offset(address, size, options.string("offset_param"));
            case "cursor" ->
                new Pagings.Cursor(
                        address, size, options.string("cursor_param"), RowOptions.pointer(options, "cursor_pointer"));
            case "link" ->
                new Pagings.Linked(
                        address,
                        size,
                        options.has("link_pointer")
                                ? Optional.of(RowOptions.pointer(options, "link_pointer"))
                                : Optional.empty());
            default -> new Pagings.Single(address);
        };
    }
}
