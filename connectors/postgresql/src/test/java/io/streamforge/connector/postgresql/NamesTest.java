package io.streamforge.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void shouldNameASlotAfterItsWorkflowWithLettersThatSlotsMayHave() {
        assertThat(SlotName.of("orders")).isEqualTo("streamforge_orders");
        assertThat(SlotName.of("shop-orders")).matches("streamforge_shop_orders_[0-9a-f]+");
        assertThat(SlotName.of("shop-orders")).isNotEqualTo(SlotName.of("shop_orders"));
        assertThat(SlotName.of("w".repeat(100))).hasSize(63);
    }

    @Test
    void shouldReadAndWriteLsnsAsPostgresqlDoes() {
        assertThat(Lsn.parse("16/B374D848")).isEqualTo(0x16B374D848L);
        assertThat(Lsn.text(0x16B374D848L)).isEqualTo("16/B374D848");
        assertThat(Lsn.parse(Lsn.text(-2))).isEqualTo(-2);
    }
}
