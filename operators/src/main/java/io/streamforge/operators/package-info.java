/**
 * The built-in stateless operators, each compiled against the schema of the rows it will get.
 *
 * <p>A <b>projection</b> makes each output row of one input row, column by column; untouched columns are copied as they are
 * encoded. A row for which an expression has no value is a rejected row. Deletes carry key columns only: filters let them
 * pass, since deleting what is not there does no harm, and projections make a key of theirs out of them.
 */
@NullMarked
package io.streamforge.operators;

import org.jspecify.annotations.NullMarked;
