package io.streamforge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class SinkNoteTest {

    @Test
    void shouldComeBackFromTheOffsetItWasCommittedWith() {
        SinkNote note = new SinkNote(10, 2, 1, 4096).plus(new SinkNote(1, 0, 0, 100));

        OffsetAndMetadata committed = note.at(17);

        assertThat(committed.offset()).isEqualTo(17);
        assertThat(SinkNote.of(committed)).isEqualTo(new SinkNote(11, 2, 1, 4196));
    }

    @Test
    void shouldBeNothingWhenSomebodyElseCommitted() {
        assertThat(SinkNote.of(null)).isEqualTo(SinkNote.NOTHING);
        assertThat(SinkNote.of(new OffsetAndMetadata(5))).isEqualTo(SinkNote.NOTHING);
        assertThat(SinkNote.of(new OffsetAndMetadata(5, "moved by hand"))).isEqualTo(SinkNote.NOTHING);
    }
}
