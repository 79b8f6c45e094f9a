package io.streamforge.system;

/** What a row is made of, by its number. */
final class Row {

    static final String COLUMNS = "{id: INT64, name: STRING, note: STRING, total: \"DECIMAL(12,2)\"}";

    private static final String TEXT = "abcdefghijklmnopqrstuvwxyz".repeat(4);
    private static final int CUSTOMERS = 5003;

    private Row() {}

    static long whole(long number) {
        return number % 1000;
    }

    private static String name(long number) {
        return "customer-" + number % CUSTOMERS;
    }

    private static String note(long number) {
        return TEXT.substring((int) (number % 20));
    }

    static String csv(long number) {
        return number + "," + name(number) + "," + note(number) + "," + whole(number) + ".25\n";
    }

    static String json(long number) {
        return "{\"id\":" + number + ",\"name\":\"" + name(number) + "\",\"note\":\"" + note(number) + "\",\"total\":"
                + whole(number) + ".25}";
    }
}
