package io.streamforge.loader.api.rest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Link} header of RFC 8288, as far as paging needs it. */
final class LinkHeader {

    private static final Pattern LINK =
            Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^,;=\\s]+\\s*=\\s*(?:\"[^\"]*\"|[^,;\"]*))*)");
    private static final Pattern NEXT = Pattern.compile(
            ";\\s*rel\\s*=\\s*(?:\"(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"|next\\s*(?:;|$))", Pattern.CASE_INSENSITIVE);

    private LinkHeader() {}

    /** Target of the first link whose relation is {@code next}. */
    static Optional<String> next(List<String> headers) {
        for (String header : headers) {
            Matcher links = LINK.matcher(header);
            while (links.find()) {
                if (NEXT.matcher(links.group(2)).find()) {
                    return Optional.of(links.group(1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
