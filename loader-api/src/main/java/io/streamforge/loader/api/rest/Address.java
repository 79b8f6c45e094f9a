package io.streamforge.loader.api.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

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
        StringJoiner kept = new StringJoiner("&", "?", "").setEmptyValue("");
        if (link.getRawQuery() != null) {
            for (String parameter : link.getRawQuery().split("&")) {
                if (!carried(parameter)) {
                    kept.add(parameter);
                }
            }
        }
        return link.getRawPath() + kept;
    }

    /** The link that {@link #shorten} has shortened. */
    URI lengthen(String link) {
        Map<String, String> missing = new LinkedHashMap<>(query);
        int query = link.indexOf('?');
        if (query >= 0) {
            for (String parameter : link.substring(query + 1).split("&")) {
                missing.remove(name(parameter));
            }
        }
        return join(url.resolve(link).toString(), missing, Map.of());
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
        return URI.create(address + (address.indexOf('?') < 0 ? "?" : "&") + joined);
    }

    private boolean carried(String parameter) {
        String name = name(parameter);
        int equals = parameter.indexOf('=');
        String value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
        return value.equals(query.get(name));
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
