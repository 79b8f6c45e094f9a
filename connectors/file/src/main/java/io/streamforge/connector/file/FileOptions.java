package io.streamforge.connector.file;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.messages.ErrorInfo;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What source and sink have in common: where the files lie and how they are written. */
record FileOptions(String path, FileFormat format, CsvDialect dialect, Optional<Boolean> gzip) {

    static final OptionSpec FORMAT = OptionSpec.of(
                    "format", OptionType.STRING, "How rows are written; told by the extension when absent.")
            .withAllowed("csv", "jsonl");
    static final OptionSpec HEADER = OptionSpec.of(
                    "header", OptionType.BOOLEAN, "CSV: whether the first row names the columns.")
            .withDefault("true");
    static final OptionSpec DELIMITER = OptionSpec.of(
                    "delimiter",
                    OptionType.STRING,
                    "CSV: the ASCII character between cells, or tab; a comma when absent, a tab for .tsv files.")
            .withExample(";");
    static final OptionSpec QUOTE = OptionSpec.of(
                    "quote", OptionType.STRING, "CSV: the character around quoted cells, or none.")
            .withDefault("\"");
    static final OptionSpec ESCAPE = OptionSpec.of(
                    "escape",
                    OptionType.STRING,
                    "CSV: the character that makes the next one literal within quotes; when absent, a quote within quotes is doubled.")
            .withExample("\\");
    static final OptionSpec NULL_VALUE = OptionSpec.of(
                    "null_value",
                    OptionType.STRING,
                    "CSV: what an unquoted cell says for null. A quoted cell is never null, so that \"\" is the empty text.")
            .withDefault("")
            .withExample("\\N");
    static final OptionSpec COMPRESSION = OptionSpec.of(
                    "compression", OptionType.STRING, "Compression of the files; auto goes by the extension .gz.")
            .withAllowed("auto", "none", "gzip")
            .withDefault("auto");

    static final List<OptionSpec> FORMATTING =
            List.of(FORMAT, HEADER, DELIMITER, QUOTE, ESCAPE, NULL_VALUE, COMPRESSION);

    static FileOptions of(Options options) throws ConnectorException {
        String path = options.string("path");
        if (path.isBlank() || path.indexOf('\0') >= 0) {
            throw wrong("path", "is not a path", "for example data/orders.csv");
        }
        String compression = options.string("compression");
        Optional<Boolean> gzip =
                compression.equals("auto") ? Optional.empty() : Optional.of(compression.equals("gzip"));
        return new FileOptions(path, FileFormat.of(options.optional("format"), path), dialect(options, path), gzip);
    }

    boolean compressed(String file) {
        return gzip.orElse(file.toLowerCase(Locale.ROOT).endsWith(".gz"));
    }

    private static CsvDialect dialect(Options options, String path) throws ConnectorException {
        boolean tabs = path.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "").endsWith(".tsv");
        int delimiter = character("delimiter", options.optional("delimiter").orElse(tabs ? "tab" : ","));
        String quoteText = options.string("quote");
        int quote = quoteText.isEmpty() || quoteText.equals("none") ? CsvDialect.NONE : character("quote", quoteText);
        Optional<String> escape = options.optional("escape");
        int escapeCharacter = escape.isPresent() ? character("escape", escape.get()) : quote;
        if (delimiter == quote || delimiter == escapeCharacter) {
            throw wrong("delimiter", "must differ from quote and escape", "for example ; or tab");
        }
        String nullText = options.string("null_value");
        if (nullText.chars().anyMatch(c -> c == '\n' || c == '\r' || c == delimiter || c == quote)) {
            throw wrong("null_value", "must hold no line end, delimiter or quote", "for example \\N");
        }
        return new CsvDialect(delimiter, quote, escapeCharacter, options.flag("header"), nullText);
    }

    private static int character(String option, String text) throws ConnectorException {
        String plain = text.equals("tab") || text.equals("\\t") ? "\t" : text;
        char c = plain.length() == 1 ? plain.charAt(0) : '\n';
        if (c >= 128 || c == '\n' || c == '\r') {
            throw wrong(option, "'" + text + "' is not a single ASCII character", "for example , or ; or tab");
        }
        return c;
    }

    static ConnectorException wrong(String option, String message, String suggestion) {
        return new ConnectorException(
                new ErrorInfo("FILE-OPTIONS", Category.FATAL, option + ": " + message, option, suggestion), null);
    }
}
