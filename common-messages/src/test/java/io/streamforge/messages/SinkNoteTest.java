package io.streamforge.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SinkNoteTest {

    @Test
    void shouldComeBackFromItsText() {
        SinkNote note = new SinkNote(10, 2, 1, 4096).plus(new SinkNote(1, 0, 0, 100));

        assertThat(SinkNote.parse(note.text())).isEqualTo(new SinkNote(11, 2, 1, 4196));
    }

    @Test
    void shouldBeNothingWhenSomebodyElseCommitted() {
        assertThat(SinkNote.parse(null)).isEqualTo(SinkNote.NOTHING);
        assertThat(SinkNote.parse("")).isEqualTo(SinkNote.NOTHING);
        assertThat(SinkNote.parse("moved by hand")).isEqualTo(SinkNote.NOTHING);
    }
}
