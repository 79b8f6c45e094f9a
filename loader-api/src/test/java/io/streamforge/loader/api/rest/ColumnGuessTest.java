package io.streamforge.loader.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.messages.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

class ColumnGuessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|JSON",
                "[null,null]|JSON",
                "[true,null]|BOOLEAN",
                "[1,-999999999999999999]|INT64",
                "[1,9223372036854775808]|DECIMAL(38,0)",
                "[1.50,20.00]|DECIMAL(38,2)",
                "[1.5,20.25]|FLOAT64",
                "[1,2.5]|FLOAT64",
                "[1.123456789012345678]|DECIMAL(38,18)",
                "[1e5,2]|FLOAT64",
                "[\"a\",\"\"]|STRING",
                "[\"2024-08-01\"]|DATE",
                "[\"2024-08-01\",\"soon\"]|STRING",
                "[\"2024-08-01T10:00:00\"]|TIMESTAMP(6)",
                "[\"2024-08-01T10:00:00Z\",\"2024-08-01T10:00:00.123456789+02:00\"]|TIMESTAMP_TZ(9)",
                "[\"2024-08-01T10:00:00Z\",\"2024-08-01\"]|STRING",
                "[1,\"a\"]|JSON",
                "[true,1]|JSON",
                "[{\"a\":[1]},\"a\"]|JSON",
                "[[1],[2]]|JSON"
            })
    void shouldTakeTheNarrowestTypeThatHoldsAll(String values, String type) {
        ColumnGuess guess = new ColumnGuess();

        try (JsonParser parser = Json.MAPPER.createParser(values)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                guess.add(parser);
            }
        }

        assertThat(guess.type()).hasToString(type);
    }
}
