package io.streamforge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command. */
class DemoDT {

    private static final int FIVE_MINUTE_CANDLES_OF_A_DAY = 288;
    private static final Pattern RUN = Pattern.compile("wf-btcusdt-api_candles_5m-20240801-[0-9a-f]{6}");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void shouldLoadADayOfCandlesShowTheAccountAndLeaveNothingRunning() throws Exception {
        // when
        try (JavaProcess demo = JavaProcess.streamforge(Map.of(), directory, "demo")) {
            assertThat(demo.awaitExit(LIMIT)).as(demo.output()).isZero();

            // then
            assertThat(demo.output())
                    .containsPattern("source → sink +288 +288 +0 +0")
                    .contains("sqlite3 ");
            assertThat(TestServer.workers(queueId(demo.output()))).isEmpty();
        }
        assertThat(candles(directory.resolve(DataDirectory.DEFAULT).resolve("demo/market.db")))
                .isEqualTo(FIVE_MINUTE_CANDLES_OF_A_DAY);
    }

    @Test
    void shouldGiveTheSameResultASecondTime() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (JavaProcess demo = JavaProcess.streamforge(Map.of(), directory, "demo")) {
                assertThat(demo.awaitExit(LIMIT)).as(demo.output()).isZero();
                assertThat(demo.output()).containsPattern("source → sink +288 +288 +0 +0");
            }
        }
        assertThat(candles(directory.resolve(DataDirectory.DEFAULT).resolve("demo/market.db")))
                .isEqualTo(FIVE_MINUTE_CANDLES_OF_A_DAY);
    }

    private static String queueId(String output) {
        Matcher found = RUN.matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return found.group();
    }

    private static long candles(Path database) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM btcusdt_api_candles_5m_2024_08_01")) {
            row.next();
            return row.getLong(1);
        }
    }
}
