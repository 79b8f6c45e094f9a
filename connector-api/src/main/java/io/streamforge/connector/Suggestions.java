package io.streamforge.connector;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a misspelt name. */
public final class Suggestions {

    private Suggestions() {}

    /** The closest of the known names, when it is close enough to have been meant. */
    public static Optional<String> closest(String written, Collection<String> known) {
        String lower = written.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.min(3, written.length() / 3 + 1));
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= limit)
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean 'every'? allowed: every, token, url}, the first part only when there is a good guess. */
    public static String sentence(String written, Collection<String> known) {
        String list = String.join(", ", known.stream().sorted().toList());
        return closest(written, known)
                        .map(name -> "did you mean '" + name + "'? ")
                        .orElse("") + "allowed: " + list;
    }

    /** Damerau-Levenshtein distance (optimal string alignment), so that swapped letters count once. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
