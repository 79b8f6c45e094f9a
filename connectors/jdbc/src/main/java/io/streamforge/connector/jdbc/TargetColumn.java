package io.streamforge.connector.jdbc;

/**
 * A column of the target.
 *
 * @param type as the database writes it
 * @param nullable false when the column refuses null
 * @param defaulted true when the database fills the column by itself
 * @param generated true when nobody can write to the column
 */
record TargetColumn(String name, String type, boolean nullable, boolean defaulted, boolean generated) {

    /** True when a row cannot be added without a value for the column. */
    boolean required() {
        return !nullable && !defaulted && !generated;
    }
}
