package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.connector.ConnectorDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is generated from descriptors: JSON Schemas and pages. */
class DescriptionsTest {

    @Test
    void shouldDescribeOptionsAsJsonSchema() {
        ConnectorDescriptor mysql = Samples.CONNECTORS.find("mysql").orElseThrow();

        JsonNode schema = ConfigSchema.of(mysql, Objects.requireNonNull(mysql.source()));

        assertThat(schema.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("required").toString()).isEqualTo("[\"url\"]");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.at("/properties/password").toString())
                .isEqualTo("{\"type\":\"string\",\"description\":\"The user's password.\",\"x-type\":\"string\","
                        + "\"writeOnly\":true,\"x-secret\":true}");
        JsonNode fetch = schema.at("/properties/fetch_size");
        assertThat(fetch.path("type").toString()).isEqualTo("[\"integer\",\"string\"]");
        assertThat(fetch.path("default").asInt()).isEqualTo(1000);
        assertThat(fetch.path("minimum").asInt()).isEqualTo(1);
        assertThat("${env:SIZE}").matches(fetch.path("pattern").asString());
        assertThat("many").doesNotMatch(fetch.path("pattern").asString());
    }

    @Test
    void shouldDescribeExactlyTheMembersThatAWorkflowCanHave() {
        String allowed = WorkflowParser.parse("name: a\nunknown: 1\n").diagnostics().stream()
                .filter(one -> one.code().equals("UNKNOWN-MEMBER"))
                .map(one -> String.valueOf(one.suggestion()).replace("allowed: ", ""))
                .findFirst()
                .orElseThrow();
        Set<String> understood = new TreeSet<>(Arrays.asList(allowed.split(", ")));
        understood.removeAll(List.of("schedule", "graph"));
        understood.add("parameters");

        JsonNode schema = new WorkflowSchema(Samples.CONNECTORS, Samples.OPERATORS).toJson();

        assertThat(new TreeSet<>(schema.path("properties").propertyNames())).isEqualTo(understood);
        assertThat(schema.at("/properties/sinks/items/properties/connector/enum")
                        .toString())
                .isEqualTo("[\"archive\",\"file\",\"postgresql\",\"sqlite\"]");
    }

    @Test
    void shouldWriteAPageForEachConnectorAndAnIndex() {
        var pages = ConnectorDocs.pages(Samples.CONNECTORS);

        assertThat(pages.keySet())
                .containsExactly(
                        "README.md", "archive.md", "exchange.md", "file.md", "mysql.md", "postgresql.md", "sqlite.md");
        assertThat(pages.get("mysql.md")).isEqualTo("""
                        <!-- Generated from the connector's descriptor; change the descriptor. -->
                        # MySQL

                        `connector: mysql`

                        MySQL and MariaDB.

                        ## As a source

                        Exactly once into Kafka.

                        Hosted by `loader-producer`.

                        | option | type | default | |
                        |---|---|---|---|
                        | `url` | string | required | Where the database answers. For example `jdbc:postgresql://db:5432/shop`. |
                        | `username` | string |  | Who connects. |
                        | `password` | string, secret |  | The user's password. |
                        | `table` | string |  | What is read. |
                        | `split_key` | string |  | Immutable key that splits are made of. |
                        | `fetch_size` | integer | `1000` | Rows per round trip. |
                        """);
        assertThat(pages.get("README.md")).contains("| [`file`](file.md) | yes | yes | Files |");
    }

    @Test
    void shouldListTheShippedTemplatesWithTheirParameters() {
        assertThat(Templates.shipped().find("market-data")).get().satisfies(template -> {
            assertThat(template.parameters())
                    .extracting(Parameter::name)
                    .containsExactly("symbol", "type", "time_range", "base_url", "collection_name", "target");
            assertThat(template.parameters())
                    .filteredOn(Parameter::required)
                    .extracting(Parameter::name)
                    .containsExactly("symbol", "type", "time_range");
        });
    }
}
