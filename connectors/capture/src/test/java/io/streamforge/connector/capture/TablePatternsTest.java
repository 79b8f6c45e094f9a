package io.streamforge.connector.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TablePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "shop.orders, shop.orders, true",
        "shop.orders, shop.orders2, false",
        "shop.*, shop.items, true",
        "shop.*, shopping.items, false",
        "*.audit_?, shop.audit_1, true",
        "*.audit_?, shop.audit_12, false",
        "shop.a+b, shop.a+b, true",
        "shop.a+b, shop.aab, false",
        "Shop.Orders, shop.orders, false"
    })
    void shouldMatchWholeNamesByTheirPatterns(String pattern, String table, boolean matches) {
        assertThat(new TablePatterns(List.of(pattern)).match(table)).isEqualTo(matches);
    }
}
