package io.streamforge.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Rows of nine columns and about 190 bytes, the same in every run. */
final class Rows {

    private static final String TEXT = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Rows() {}

    static void write(Path file, int rows) throws IOException {
        Random random = new Random(1);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,quantity,name,city,note,total,day,at,paid\n");
            for (int i = 1; i <= rows; i++) {
                writer.write(String.format(
                        Locale.ROOT,
                        "%d,%d,customer-%d,city-%d,%s,%d.%02d,2024-0%d-%d,2024-05-0%d 12:%d:%d.%06d,%b%n",
                        i,
                        random.nextInt(1000),
                        i % 50_021,
                        i % 997,
                        TEXT + TEXT.substring(random.nextInt(20)),
                        random.nextInt(100_000),
                        i % 100,
                        1 + i % 9,
                        10 + i % 18,
                        1 + i % 9,
                        10 + i % 50,
                        10 + i % 50,
                        i % 1_000_000,
                        i % 2 == 0));
            }
        }
    }
}
