package io.streamforge.messages;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a stage keeps of a partition beside the offset that it commits with its output, as that offset's metadata.
 *
 * @param needed offset of the oldest record that has to be read again to go on, -1 when none has to
 * @param read rows of the input
 * @param emitted rows the stage gave
 * @param written of these, rows in its output topic
 * @param filtered of these, rows its operators left out
 * @param rejected rows of the input it could not use, and rows it gave that no record could hold
 * @param bytes of the rows written
 * @param done the input has ended, and what followed from it was written
 */
public record StageNote(
        long needed, long read, long emitted, long written, long filtered, long rejected, long bytes, boolean done) {

    public static final StageNote NOTHING = new StageNote(-1, 0, 0, 0, 0, 0, 0, false);

    /** Counts rows of the input. */
    public StageNote took(long moreRead, long moreRejected) {
        return new StageNote(needed, read + moreRead, emitted, written, filtered, rejected + moreRejected, bytes, done);
    }

    /** Counts rows of the output. */
    public StageNote gave(long moreEmitted, long moreWritten, long moreFiltered, long moreRejected, long moreBytes) {
        return new StageNote(
                needed,
                read,
                emitted + moreEmitted,
                written + moreWritten,
                filtered + moreFiltered,
                rejected + moreRejected,
                bytes + moreBytes,
                done);
    }

    public StageNote plus(StageNote more) {
        return took(more.read, 0).gave(more.emitted, more.written, more.filtered, more.rejected, more.bytes);
    }

    public StageNote needs(OptionalLong oldest) {
        return new StageNote(oldest.orElse(-1), read, emitted, written, filtered, rejected, bytes, done);
    }

    public StageNote ended() {
        return new StageNote(-1, read, emitted, written, filtered, rejected, bytes, true);
    }

    public String text() {
        return Json.MAPPER.writeValueAsString(this);
    }

    /**
     * What was noted; nothing when nothing was.
     *
     * @throws IllegalArgumentException when it is something else: going on from the offset alone would lose what is needed before it
     */
    public static StageNote parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NOTHING;
        }
        try {
            return Json.MAPPER.readValue(text, StageNote.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("'" + text + "' is not what a stage keeps of a partition", e);
        }
    }
}
