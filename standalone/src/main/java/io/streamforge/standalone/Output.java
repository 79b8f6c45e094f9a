package io.streamforge.standalone;

import io.streamforge.messages.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Prints for people: tables with aligned columns; or for programs: JSON. */
final class Output {

    private final PrintWriter out;

    Output(PrintWriter out) {
        this.out = out;
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void json(Object value) {
        line(Json.MAPPER.writeValueAsString(value));
    }

    void prettyJson(JsonNode value) {
        line(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }

    /** Rows under a header; a column of numbers is aligned to the right. */
    void table(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int columns = header.size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] =
                    all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
            numeric[c] = !rows.isEmpty()
                    && rows.stream().allMatch(row -> row.get(column).matches("[-\\d,.]+"));
        }
        all.forEach(row -> line(format(row, widths, numeric)));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String format(List<String> row, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String cell = row.get(c);
            String padding = " ".repeat(widths[c] - cell.length());
            line.append(numeric[c] ? padding + cell : cell + padding);
            line.append(c + 1 < widths.length ? "  " : "");
        }
        return line.toString().stripTrailing();
    }
}
