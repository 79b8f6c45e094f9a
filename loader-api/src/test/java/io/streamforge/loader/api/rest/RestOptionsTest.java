package io.streamforge.loader.api.rest;

import static io.streamforge.loader.api.Configured.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.loader.api.Configured;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestOptionsTest {

    private static final Map<String, Object> BASE = Map.of("url", "https://api.example.com/orders");

    @Test
    void shouldKeepTheOrderOfDeclaredColumnsAndRequireTheKey() throws ConnectorException {
        RestOptions options = RestOptions.of(Configured.options(
                new RestConnector(),
                with(BASE, "columns", with(Map.of("id", "int64"), "a", "DECIMAL(4,2)"), "key", "id")));

        assertThat(options.columns())
                .containsExactly(Column.required("id", DataType.INT64), Column.nullable("a", DataType.decimal(4, 2)));
    }

    @ParameterizedTest
    @MethodSource
    void shouldRefuseOptionsThatAreWrongTogether(String path, Map<String, Object> written) {
        assertThatThrownBy(() -> RestOptions.of(Configured.options(
                        new RestConnector(), with(written, "url", written.getOrDefault("url", BASE.get("url"))))))
                .isInstanceOfSatisfying(ConnectorException.class, e -> {
                    assertThat(e.error().code()).isEqualTo("OPTION-VALUE");
                    assertThat(e.error().path()).isEqualTo(path);
                    assertThat(e.toString() + e.getCause()).doesNotContain("geheim");
                });
    }

    static Stream<Arguments> shouldRefuseOptionsThatAreWrongTogether() {
        return Stream.of(
                Arguments.of("url", Map.of("url", "file:///etc/passwd")),
                Arguments.of("url", Map.of("url", "https://user:geheim@host/")),
                Arguments.of("url", Map.of("url", "geheim geheim")),
                Arguments.of("rows", Map.of("rows", "data.items")),
                Arguments.of("columns.id", Map.of("columns", Map.of("id", "NUMBER"))),
                Arguments.of("key", Map.of("columns", Map.of("id", "INT64"), "key", "uid")),
                Arguments.of("headers", Map.of("headers", Map.of("Authorization", "geheim\r\nX: y"))),
                Arguments.of("headers", Map.of("headers", Map.of("Host", "geheim"))),
                Arguments.of("cursor_pointer", Map.of("paging", "cursor", "cursor_pointer", "next")));
    }

    @Test
    void shouldBeFoundByName() {
        assertThat(Catalog.load().source("rest")).containsInstanceOf(RestConnector.class);
    }

    @Test
    void shouldNeverShowWhatMayHoldCredentials() {
        assertThat(RestOptions.SPECS)
                .filteredOn(OptionSpec::secret)
                .extracting(OptionSpec::name)
                .isEqualTo(List.of("query", "headers"));
    }

    @Test
    void shouldKeepTheNamesOfItsOptions() {
        assertThat(RestOptions.SPECS)
                .extracting(OptionSpec::name)
                .startsWith(
                        "url",
                        "method",
                        "query",
                        "headers",
                        "rows",
                        "columns",
                        "key",
                        "paging",
                        "page_size",
                        "size_param",
                        "page_param",
                        "start_page",
                        "offset_param",
                        "cursor_param",
                        "cursor_pointer",
                        "link_pointer",
                        "max_pages",
                        "connect_timeout");
    }
}
