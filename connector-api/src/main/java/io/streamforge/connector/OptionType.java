package io.streamforge.connector;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Types of options; each has a JSON form and a Java form (see {@link Options}). */
public enum OptionType {
    @JsonProperty("string")
    STRING,
    @JsonProperty("integer")
    INTEGER,
    @JsonProperty("number")
    NUMBER,
    @JsonProperty("boolean")
    BOOLEAN,
    /** {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 7d}, or ISO-8601. */
    @JsonProperty("duration")
    DURATION,
    /** {@code 512B}, {@code 64KiB}, {@code 8MiB}, {@code 1GiB} (also {@code 1Gi}), or a number of bytes. */
    @JsonProperty("size")
    SIZE,
    /** A list of strings; a single string counts as a list of one. */
    @JsonProperty("list")
    LIST,
    /** A map from names to strings. */
    @JsonProperty("map")
    MAP
}
