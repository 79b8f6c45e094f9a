package io.streamforge.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StageNoteTest {

    /** What a broker keeps beside an offset, unless it is told otherwise. */
    private static final int MOST = 4096;

    @Test
    void shouldComeBackAsItWasNoted() {
        StageNote note = StageNote.NOTHING
                .took(10, 1)
                .gave(30, 25, 3, 2, 2500)
                .needs(OptionalLong.of(7))
                .plus(new StageNote(-1, Long.MAX_VALUE / 2, 0, 0, 0, 0, 0, false));

        assertThat(StageNote.parse(note.text())).isEqualTo(note);
        assertThat(StageNote.parse(note.ended().text()).done()).isTrue();
        assertThat(note.text().length()).isLessThan(MOST);
    }

    @Test
    void shouldBeginWithNothingWhereNothingWasNoted() {
        assertThat(StageNote.parse(null)).isEqualTo(StageNote.NOTHING);
        assertThat(StageNote.parse("")).isEqualTo(StageNote.NOTHING);
        assertThat(StageNote.NOTHING.needs(OptionalLong.empty())).isEqualTo(StageNote.NOTHING);
    }

    @Test
    void shouldNotTakeAnythingElseForNothing() {
        assertThatThrownBy(() -> StageNote.parse("somebody else's")).hasMessageContaining("somebody else's");
    }
}
