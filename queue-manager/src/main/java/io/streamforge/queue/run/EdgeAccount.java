package io.streamforge.queue.run;

/**
 * What became of the rows that went into an edge: {@code in = out + filtered + rejected}.
 *
 * @param in rows the source read, or a stage gave
 * @param out rows the target has, or a stage could use
 * @param filtered rows the operators dropped
 * @param rejected rows in the dead-letter topic, or counted and dropped
 * @param repeated rows an at-least-once target was given again after a restart; not part of {@code out}
 */
public record EdgeAccount(String from, String to, long in, long out, long filtered, long rejected, long repeated) {

    public boolean balanced() {
        return in == out + filtered + rejected;
    }
}
