package io.streamforge.testing;

/**
 * A database of an {@link EmbeddedMySqlServer}.
 *
 * @param parameters of its URL, with the question mark; may be empty
 */
public record MySqlDatabase(String host, int port, String name, String username, String password, String parameters)
        implements SqlDatabase {

    @Override
    public String url() {
        return "jdbc:mariadb://" + host + ":" + port + "/" + name + parameters;
    }

    /** The same with another parameter, such as {@code allowLocalInfile=false}. */
    public String url(String parameter) {
        return url() + (parameters.isEmpty() ? "?" : "&") + parameter;
    }

    /** What a query selects the numbers from 1 to {@code last} from, in a column {@code seq}. */
    public static String sequence(int last) {
        return "(WITH RECURSIVE numbers (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM numbers WHERE seq < " + last
                + ") SELECT seq FROM numbers) AS numbers";
    }
}
