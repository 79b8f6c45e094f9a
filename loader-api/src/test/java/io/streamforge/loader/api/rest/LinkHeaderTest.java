package io.streamforge.loader.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<https://a/x?page=2>; rel=\"next\"|https://a/x?page=2",
                "<https://a/x?a=1,2>; rel=\"prev\", </x?page=3>; title=\"a, b\"; rel=\"next\"|/x?page=3",
                "<y>;rel=next|y",
                "<y>; rel=\"last next\"|y",
                "<y>; REL=\"Next\"; type=\"x\"|y"
            })
    void shouldFindTheNextPage(String header, String target) {
        assertThat(LinkHeader.next(List.of(header))).contains(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"<y>; rel=\"prev\"", "<y>; rel=\"nextish\"", "<y>; title=\"rel=next\"", "next", "<y"})
    void shouldNotTakeAnotherLinkForIt(String header) {
        assertThat(LinkHeader.next(List.of(header))).isEmpty();
    }

    @Test
    void shouldLookThroughAllHeaders() {
        assertThat(LinkHeader.next(List.of("<a>; rel=\"first\"", "<b>; rel=\"next\"")))
                .contains("b");
        assertThat(LinkHeader.next(List.of())).isEmpty();
    }
}
