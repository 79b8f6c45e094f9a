package io.streamforge.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the weighed edges are heavy enough to be in the graph. */
final class Selection {

    private static final Comparator<Weighed> HEAVIEST_FIRST = Comparator.comparingDouble(
                    (Weighed edge) -> -Math.abs(edge.weight()))
            .thenComparing(Weighed::id);

    private Selection() {}

    /** Those that reach the threshold and are among the heaviest of one of their vertices, heaviest first. */
    static List<Weighed> of(List<Weighed> edges, RelationRule rule) {
        int most = rule.topK().orElse(Integer.MAX_VALUE);
        Map<String, Integer> heavier = new HashMap<>();
        List<Weighed> chosen = new ArrayList<>();
        for (Weighed edge : edges.stream().sorted(HEAVIEST_FIRST).toList()) {
            if (Math.abs(edge.weight()) < rule.threshold()) {
                break;
            }
            int from = heavier.merge(edge.from(), 1, Integer::sum);
            int to = heavier.merge(edge.to(), 1, Integer::sum);
            if (from <= most || to <= most) {
                chosen.add(edge);
            }
        }
        return chosen;
    }
}
