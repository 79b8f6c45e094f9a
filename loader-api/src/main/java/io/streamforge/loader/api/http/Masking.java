package io.streamforge.loader.api.http;

import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps what may be secret out of messages: path and query of an address, and values of headers and parameters wherever they turn up. */
public final class Masking {

    private static final int SHORTEST_SECRET = 4;
    private static final int SHOWN = 200;

    private final List<String> secrets;

    /** @param values that may be secret, whole and word by word ({@code Bearer …}); short ones are no secrets */
    public Masking(Collection<String> values) {
        secrets = values.stream()
                .flatMap(value -> Stream.concat(Stream.of(value), Stream.of(value.split("\\s+"))))
                .filter(value -> value.length() >= SHORTEST_SECRET)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A server's words in one line, cut, without the secrets. */
    public String text(String words) {
        String masked = words;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        String line = masked.replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** Scheme, host and port: a path may hold a token too. */
    public static String place(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
