/**
 * Rows and their encodings.
 *
 * <p>A <b>row</b> is one Avro binary body; it is written once, by the source, and stays in that form until a sink reads the columns
 * it needs. A <b>row schema</b> names its columns and key; a <b>batch</b> is many rows of one schema and the <b>position</b> of
 * the source after the last of them. A <b>record</b> is a row as it travels in a topic: framing (byte 0, four-byte schema
 * id), then the row.
 */
@NullMarked
package io.streamforge.record;

import org.jspecify.annotations.NullMarked;
