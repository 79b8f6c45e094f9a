package io.streamforge.graph;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The elements that rows make, and which of them were changed since they were last given.
 *
 * <p>Elements that accumulate are kept from the first row on. Of the others the last row says all, so that they are kept only to
 * keep quiet about what has not changed, and forgotten whenever the offset enters another block of {@value #BLOCK}.
 */
final class Elements {

    /** Offsets within which an element that does not change is given once. */
    static final int BLOCK = 10_000;

    private static final long NONE = -1;

    private final int flushRows;
    private final int most;
    private final Map<String, Element> kept = new LinkedHashMap<>();
    private final Map<String, Element> recent = new LinkedHashMap<>();
    private final Set<Element> changed = new LinkedHashSet<>();
    private long first = NONE;
    private long blockStart = NONE;
    private long last = NONE;

    /**
     * @param flushRows offsets after which changed elements are given; 1 gives each change at once
     * @param most elements that may be kept
     */
    Elements(int flushRows, int most) {
        this.flushRows = flushRows;
        this.most = most;
    }

    /** Takes in what a row says, after giving what the rows of an earlier block have left. */
    void accept(long offset, long timestampMicros, List<Element.Mention> mentions, ElementWriter writer) {
        boolean newBlock = last == NONE || last / BLOCK != offset / BLOCK;
        if (newBlock || last / flushRows != offset / flushRows) {
            flush(writer, timestampMicros);
        }
        if (newBlock) {
            recent.clear();
            blockStart = offset;
        }
        last = offset;
        mentions.forEach(mention -> merge(mention, offset));
        if (flushRows == 1) {
            flush(writer, timestampMicros);
        }
    }

    void flush(ElementWriter writer, long timestampMicros) {
        for (Element element : changed) {
            writer.put(element, timestampMicros);
        }
        changed.clear();
    }

    /** Offset of the first row that what is still to come depends on. */
    OptionalLong needed() {
        long needed = first == NONE ? blockStart : first;
        return needed == NONE ? OptionalLong.empty() : OptionalLong.of(needed);
    }

    private void merge(Element.Mention mention, long offset) {
        Layout layout = mention.rule().layout();
        boolean accumulates = layout.accumulates();
        Map<String, Element> home = accumulates ? kept : recent;
        String id = mention.identity().table() + mention.identity().id();
        Element element = home.get(id);
        if (element == null) {
            element = new Element(mention.identity(), layout);
            home.put(id, element);
            if (kept.size() > most) {
                throw new IllegalStateException("the graph keeps more than " + most
                        + " elements whose properties are merged over all rows; raise max_elements together with the worker's"
                        + " memory, or merge their properties by 'last'");
            }
        }
        if (accumulates && first == NONE) {
            first = offset;
        }
        if (element.merge(mention)) {
            changed.add(element);
        }
    }
}
