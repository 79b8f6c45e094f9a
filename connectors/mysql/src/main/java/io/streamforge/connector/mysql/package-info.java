/**
 * Changes of MySQL and MariaDB, read from the binary log.
 *
 * <p>The <b>binary log</b> is the server's list of committed transactions, in files that are written one after the other. An
 * <b>event</b> is one entry of it: a <b>table map</b> says what the columns of the row events behind it look like, a row event
 * holds <b>images</b> of rows before and after a change, a query event holds the text of a schema change. A <b>group</b> is
 * the events of one transaction; a <b>binlog position</b> always lies between two groups, with the last event
 * of the group behind it that has been handed on already. A <b>layout</b> is the columns of a table as they were at a position.
 */
@NullMarked
package io.streamforge.connector.mysql;

import org.jspecify.annotations.NullMarked;
