package io.streamforge.loader.api.exchange;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.loader.api.http.HttpOptions;
import io.streamforge.loader.api.http.Requests;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the exchange's history is asked for.
 *
 * @param pageLimit rows per call
 * @param maxUsedWeight request weight per minute above which a worker pauses; 0 for no limit
 */
record Access(URI baseUrl, int pageLimit, int maxUsedWeight, HttpOptions http) {

    private static final int REQUESTS_PER_MINUTE = 1200;

    private static final List<OptionSpec> SPECS = List.of(
            OptionSpec.of("base_url", OptionType.STRING, "Address of the exchange, or of one that is like it.")
                    .withDefault("https://api.binance.com")
                    .withExample("http://localhost:8190"),
            OptionSpec.of("page_limit", OptionType.INTEGER, "Rows per call.")
                    .withDefault("1000")
                    .withBounds(1, 1000),
            OptionSpec.of(
                            "max_used_weight",
                            OptionType.INTEGER,
                            "Pauses until the next minute when the exchange says (X-MBX-USED-WEIGHT-1M) that so much request"
                                    + " weight of the address is used; 0 never pauses.")
                    .withDefault("5000")
                    .withBounds(0, 1_000_000));

    /** A connector's own options followed by those of this record. */
    static List<OptionSpec> after(List<OptionSpec> own) {
        return HttpOptions.after(Stream.concat(own.stream(), SPECS.stream()).toList(), REQUESTS_PER_MINUTE);
    }

    /** @throws ConnectorException when the address is none */
    static Access of(Options options) throws ConnectorException {
        return new Access(
                ExchangeOptions.checked("base_url", () -> Requests.address(options.string("base_url"))),
                (int) options.integer("page_limit"),
                (int) options.integer("max_used_weight"),
                HttpOptions.of(options));
    }
}
