package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a command line says without a server, and with which exit code. */
class CommandLineTest {

    private static final Path EXAMPLES = Path.of("..", "examples");

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.endsWith("workflow.yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldFindNothingWrongWithTheExamples(Path workflow) {
        assertThat(execute("validate", workflow.toString())).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("ok");
    }

    @Test
    void shouldReportEveryMistakeAtItsPlace() throws IOException {
        Path file = Files.writeString(directory.resolve("orders.yaml"), """
                name: orders
                source:
                  connector: file
                  options: {pth: orders.csv}
                sinks:
                  - connector: SQLite
                """);
        assertThat(execute("validate", file.toString())).isEqualTo(Exit.BAD_INPUT);
        assertThat(out.toString())
                .contains("4:13")
                .contains("did you mean 'path'?")
                .contains("6:5")
                .contains("did you mean 'sqlite'?");
    }

    @Test
    void shouldRunNothingWhenTheFileIsWrongOrMissing() throws IOException {
        Path file = Files.writeString(directory.resolve("broken.yaml"), "name: [");
        assertThat(execute("run", file.toString())).isEqualTo(Exit.BAD_INPUT);
        assertThat(err.toString()).contains("broken.yaml").contains("1 problem");
        assertThat(execute("run", directory.resolve("none.yaml").toString())).isEqualTo(Exit.BAD_INPUT);
        assertThat(err.toString()).contains("none.yaml cannot be read");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThat(execute("serve")).isEqualTo(Exit.BAD_INPUT);
        assertThat(err.toString()).contains("server");
        assertThat(execute("server", "--prot", "80")).isEqualTo(Exit.BAD_INPUT);
        assertThat(err.toString()).contains("--port");
        assertThat(execute("connectors", "postgres")).isEqualTo(Exit.BAD_INPUT);
        assertThat(err.toString()).contains("postgresql");
    }

    @Test
    void shouldShowAConnectorsOptions() {
        assertThat(execute("connectors", "file")).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("as a source").contains("as a sink").contains("delimiter");
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(execute("version")).isEqualTo(Exit.OK);
        assertThat(out.toString())
                .startsWith("streamforge " + Version.current())
                .doesNotContain("@");
    }

    private int execute(String... arguments) {
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
