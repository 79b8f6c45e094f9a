package io.streamforge.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompressedEventsTest {

    private static final int HEADER = 19;
    /** A payload that says it is not compressed: field 2 of three bytes, 255, and the end of the fields. */
    private static final byte[] FIELDS = {2, 3, (byte) 0xFC, (byte) 0xFF, 0, 0};

    private static final long END = 1000;

    @Test
    void shouldGiveEachEventOfATransactionAPlaceOfItsOwnBeforeItsEnd() {
        // given
        int events = 5;

        // when
        List<BinlogEvent> found = CompressedEvents.transaction(payload(events));

        // then
        long first = END - FIELDS.length - events * HEADER;
        assertThat(found)
                .extracting(BinlogEvent::next)
                .containsExactly(first + 1, first + 2, first + 3, first + 4, END);
        assertThat(found).extracting(BinlogEvent::seconds).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    private static BinlogEvent payload(int events) {
        ByteBuffer body = ByteBuffer.allocate(FIELDS.length + events * HEADER).order(ByteOrder.LITTLE_ENDIAN);
        body.put(FIELDS);
        for (int i = 0; i < events; i++) {
            body.putInt(i)
                    .put((byte) EventCodes.TABLE_MAP)
                    .putInt(1)
                    .putInt(HEADER)
                    .putInt(0)
                    .putShort((short) 0);
        }
        return new BinlogEvent(EventCodes.TRANSACTION_PAYLOAD, 7, 1, END, body.array());
    }
}
