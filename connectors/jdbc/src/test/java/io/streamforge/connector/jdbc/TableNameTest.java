package io.streamforge.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            orders              | "orders"
            shop.orders         | "shop"."orders"
            shop."Order.Items"  | "shop"."Order.Items"
            "a""b"."c"          | "a""b"."c"
            två ord             | "två ord"
            x; DROP TABLE y     | "x; DROP TABLE y"
            """)
    void shouldQuoteWhatItReads(String written, String quoted) {
        assertThat(TableName.parse(written).quoted()).isEqualTo(quoted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c", "\"open", "a.", ".b", "\"\"", "a\"b", "a\0b"})
    void shouldRefuseWhatIsNoName(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableName.parse(written))
                .withMessageContaining("not a table name");
    }

    @Test
    void shouldFoldOnlyWhatHasNoQuotes() {
        assertThat(TableName.parse("Orders").folded().name()).isEqualTo("orders");
        assertThat(TableName.parse("\"Orders\"").folded().name()).isEqualTo("Orders");
    }
}
