package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.model.ConnectorDescriptors;
import io.streamforge.model.ConnectorDocs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages in docs/connectors are those of the descriptors. */
class ConnectorDocsDT {

    private static final Path FOLDER = Path.of("../docs/connectors");
    private static final String AGAIN =
            "write the pages again: mvn -pl standalone -am verify -Ddocs.write=true -Dtest=NONE"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ConnectorDocsDT -Dfailsafe.failIfNoSpecifiedTests=false";

    @Test
    void shouldDescribeEveryConnectorAsItIs() throws IOException {
        Map<String, String> pages =
                ConnectorDocs.pages(ConnectorDescriptors.load(ConnectorDocsDT.class.getClassLoader()));
        if (Boolean.getBoolean("docs.write")) {
            write(pages);
        }

        assertThat(written()).as(AGAIN).isEqualTo(pages);
    }

    private static Map<String, String> written() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pages;
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(FOLDER);
        for (String old : written().keySet()) {
            Files.delete(FOLDER.resolve(old));
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
        }
    }
}
