/**
 * Relational databases over JDBC.
 *
 * <p>A <b>dialect</b> is what one database does differently. The <b>target</b> is the table rows are written to; a <b>mapping</b>
 * says which of its columns each column of the rows goes to. <b>Offsets</b> are the rows of the table {@code
 * streamforge_offsets}, changed in the transaction of the rows they count. An <b>epoch</b> is the number of times a partition
 * has been taken over: a writer of an older epoch changes nothing any more.
 */
@NullMarked
package io.streamforge.connector.jdbc;

import org.jspecify.annotations.NullMarked;
