package io.streamforge.loader.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressTest {

    private final Address address =
            new Address(URI.create("https://api.example.com/v1/orders?fixed=1"), Map.of("api_key", "s&cret"));

    @Test
    void shouldAddParametersToThoseOfTheAddress() {
        assertThat(address.with(Map.of("q", "a b")))
                .hasToString("https://api.example.com/v1/orders?fixed=1&api_key=s%26cret&q=a+b");
    }

    @Test
    void shouldNotKeepInALinkWhatEveryCallCarries() {
        String kept = address.shorten(URI.create("https://api.example.com/v1/orders?api_key=s%26cret&after=7"));

        assertThat(kept).isEqualTo("/v1/orders?after=7");
        assertThat(address.lengthen(kept))
                .hasToString("https://api.example.com/v1/orders?after=7&fixed=1&api_key=s%26cret");
    }

    @Test
    void shouldTreatParametersOfTheAddressAlike() {
        String kept = address.shorten(URI.create("https://api.example.com/v1/orders?fixed=1&after=7"));

        assertThat(kept).isEqualTo("/v1/orders?after=7");
        assertThat(address.lengthen("/v1/orders?fixed=2"))
                .hasToString("https://api.example.com/v1/orders?fixed=2&api_key=s%26cret");
        assertThat(address.values()).containsExactly("s&cret", "1");
    }

    @Test
    void shouldLetALinkChangeAParameter() {
        Address paged = new Address(URI.create("https://api.example.com/orders"), Map.of("page", "1"));

        String kept = paged.shorten(URI.create("https://api.example.com/orders?page=2"));

        assertThat(paged.lengthen(kept)).hasToString("https://api.example.com/orders?page=2");
    }
}
