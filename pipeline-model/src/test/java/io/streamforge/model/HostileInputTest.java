package io.streamforge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the text is, the answer is a specification or diagnostics, soon and in little memory. */
@Timeout(20)
class HostileInputTest {

    private static final int MUTATIONS = 3000;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            "- ",
            "\n",
            "\t",
            "\"",
            "'",
            "&a ",
            "*a",
            "<<: *a",
            "!!set ",
            "${",
            "}",
            "${a}",
            "|\n",
            ">\n",
            "\u0000",
            "\uFEFF",
            "😀",
            "null",
            "1e999999999",
            "0x1F",
            "%YAML 9.9\n",
            "---\n",
            "...\n",
            "? ",
            "parameters: {a: {type: object}}\n",
            "template: market-data\n",
            ".inf",
            "2024-08-01",
            "=",
            "~",
            "@",
            "`",
            "\\",
            "\ud800");

    static Stream<String> hostile() {
        String laughs = IntStream.range(1, 12)
                .mapToObj(i -> "a%d: &a%d [%s]"
                        .formatted(i, i, String.join(",", java.util.Collections.nCopies(9, "*a" + (i - 1)))))
                .collect(Collectors.joining("\n", "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n", "\n"));
        String laughingDefaults = IntStream.range(1, 30)
                .mapToObj(i -> "  p%d: {type: list, default: [%s]}"
                        .formatted(i, String.join(",", java.util.Collections.nCopies(9, "\"${p" + (i - 1) + "}\""))))
                .collect(Collectors.joining("\n", "name: a\nparameters:\n  p0: {type: list, default: [a, b]}\n", "\n"));
        return Stream.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "a: ".repeat(100_000),
                "- ".repeat(100_000),
                "a:\n"
                        + IntStream.range(0, 500)
                                .mapToObj(i -> " ".repeat(i) + "a:\n")
                                .collect(Collectors.joining()),
                laughs,
                laughingDefaults,
                "a: &a [*a]",
                "a: &a {b: *a}",
                "&a {? *a : b}",
                "name: " + "x".repeat(1 << 20),
                "name: " + "x".repeat(900_000),
                "name: '" + "9".repeat(900_000) + "'",
                "priority: " + "9".repeat(900_000),
                "{\"priority\": " + "9".repeat(900_000) + "}",
                "{\"priority\": 1e999999999, \"errors\": {\"max_ratio\": -1e-999999999}}",
                "x".repeat(900_000) + ": [" + "a,".repeat(40_000) + "]",
                ("x".repeat(250) + ": {").repeat(40) + "a: [" + "a,".repeat(45_000) + "]" + "}".repeat(40),
                "name: a\nsinks: [" + "{connector: file},".repeat(10_000) + "]",
                "name: a\nsource: {connector: file, options: {path: \"" + "${a}".repeat(100_000)
                        + "\"}}\nparameters: {a: {default: " + "x".repeat(100_000) + "}}",
                "name: a\nparameters: {a: {pattern: \"(a+)+(a+)+(a+)+c\", default: " + "a".repeat(100) + "}}",
                "name: a\nparameters: {a: {pattern: \"(.|a)*(.|a)*(.|a)*b\", default: " + "a".repeat(200) + "}}",
                "name: a\nsource: {connector: mysql, options: {url: \"" + "?passw".repeat(100_000) + "\"}}",
                "name: a\nsource: {connector: mysql, options: {url: \"a" + "://a:".repeat(100_000) + "\"}}",
                "",
                "\u0000",
                "null",
                "[]",
                "{}",
                "{",
                "5",
                "\uFEFF{\"name\": \"bom\"}",
                "%TAG ! tag:x,2000:\n---\nname: !x y",
                "name: " + "a".repeat(300),
                "name: 😀",
                "name: ../../etc",
                "name: \"a\\nb\"",
                "\"a\\nb\\u0007\": 1");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void shouldAnswerWithDiagnostics(String text) {
        ParsedWorkflow parsed = WorkflowParser.parse(text);

        assertThat(parsed.spec()).isEmpty();
        assertThat(Diagnostic.anyError(parsed.diagnostics())).isTrue();
        assertThat(new Validator(Samples.CONNECTORS, Samples.OPERATORS).validate(parsed))
                .allSatisfy(one -> {
                    assertThat(one.line()).isPositive();
                    assertThat(one.column()).isPositive();
                    assertThat(one.message()).hasSizeLessThan(500).doesNotContain("\n", "\u0007");
                    assertThat(one.path()).hasSizeLessThan(500).doesNotContain("\n", "\u0007");
                });
    }

    @Test
    void shouldRefuseALargeTextAtOnce() {
        String large = "name: x\n# " + "y".repeat(10 << 20);

        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(5), () -> assertThat(
                        WorkflowParser.parse(large).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly("TOO-LARGE"));
    }

    @Test
    void shouldSurviveRandomDamage() throws IOException {
        List<String> seeds = seeds();
        Random random = new Random(20240801);
        Planner planner = new Planner(Samples.CONNECTORS, Samples.OPERATORS, new Samples.FakeDiscoverer());
        for (int i = 0; i < MUTATIONS; i++) {
            String text = damaged(seeds.get(random.nextInt(seeds.size())), random);
            ParsedWorkflow parsed = WorkflowParser.parse(text, Map.of("a", "b"), Map.of());
            PlanResult result = planner.plan(parsed);

            assertThat(result.graph().isPresent())
                    .as("%s\n%s", text, result.diagnostics())
                    .isNotEqualTo(Diagnostic.anyError(result.diagnostics()));
            assertThat(result.error().isPresent()).isEqualTo(Diagnostic.anyError(result.diagnostics()));
            Diagnostic.format("file", result.diagnostics());
            new Masking(Samples.CONNECTORS).mask(parsed.document().root());
        }
    }

    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), from + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> damaged.delete(from, to);
                case 1 -> damaged.insert(from, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> damaged.insert(from, damaged.substring(from, to));
                default -> damaged.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return damaged.toString();
    }

    private static List<String> seeds() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/workflows"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("in-"))
                    .sorted()
                    .map(HostileInputTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
