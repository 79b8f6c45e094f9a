package io.streamforge.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void shouldFindASplitsPositionWhicheverTaskReadIt() {
        assertThat(Topics.positionKey("source-2", "part-1"))
                .isEqualTo(Topics.positionKey("source", "part-1"))
                .isEqualTo("source/part-1");
        assertThat(Topics.transactionalId("orders", "source-0", "0")).isEqualTo("orders/source/0");
        assertThat(Topics.positionKey("source-eu", "0")).isEqualTo("source-eu/0");
    }
}
