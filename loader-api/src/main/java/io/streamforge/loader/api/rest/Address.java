package io.streamforge.loader.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * Where an API is, with the parameters every call carries.
 *
 * @param url may have a query of its own
 * @param query added to it
 */
record Address(URI url, Map<String, String> query) {

    Address {
        query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** The address with some more parameters. */
    URI with(Map<String, String> parameters) {
        return join(url.toString(), parameters);
    }

    /**
     * Path and query of a link to the same server, without the parameters every call carries: they may be secret, and what this
     * returns is stored.
     */
    String shorten(URI link) {
        List<String> own = parameters(url);
        StringJoiner kept = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters(link).stream()
                .filter(parameter -> !own.contains(parameter) && !carried(parameter))
                .forEach(kept::add);
        return link.getRawPath() + kept;
    }

    /** The link that {@link #shorten} has shortened. */
    URI lengthen(String link) {
        URI full = url.resolve(link);
        List<String> present = parameters(full).stream().map(Address::name).toList();
        StringJoiner own = new StringJoiner("&");
        parameters(url).stream()
                .filter(parameter -> !present.contains(name(parameter)))
                .forEach(own::add);
        Map<String, String> missing = new LinkedHashMap<>(query);
        present.forEach(missing::remove);
        String address = own.length() == 0 ? full.toString() : full + separator(full.toString()) + own;
        return join(address, missing, Map.of());
    }

    /** Whatever may be secret in it. */
    List<String> values() {
        return Stream.concat(query.values().stream(), parameters(url).stream().map(parameter -> value(parameter)))
                .toList();
    }

    private URI join(String address, Map<String, String> parameters) {
        return join(address, query, parameters);
    }

    private static URI join(String address, Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        StringJoiner joined = new StringJoiner("&");
        all.forEach(
                (name, value) -> joined.add(URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8)));
        if (all.isEmpty()) {
            return URI.create(address);
        }
        return URI.create(address + separator(address) + joined);
    }

    private static String separator(String address) {
        return address.indexOf('?') < 0 ? "?" : "&";
    }

    private static List<String> parameters(URI uri) {
        return uri.getRawQuery() == null ? List.of() : List.of(uri.getRawQuery().split("&"));
    }

    private boolean carried(String parameter) {
        return value(parameter).equals(query.get(name(parameter)));
    }

    private static String value(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? "" : decode(parameter.substring(equals + 1));
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return decode(equals < 0 ? parameter : parameter.substring(0, equals));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
