/**
 * Reading relational databases.
 *
 * <p>A <b>relation</b> is a table or a query as its database describes it. A <b>selection</b> is what is read of it: columns, a
 * condition, the <b>order</b> of the rows. An order is <b>total</b> when no two rows are equal in it; only then a read goes on after
 * a row it has seen. A <b>range</b> is a part of the order between two keys: the lower one excluded, the upper one included.
 */
@NullMarked
package io.streamforge.connector.jdbc.source;

import org.jspecify.annotations.NullMarked;
