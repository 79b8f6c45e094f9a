/**
 * Files of rows: CSV and JSON lines, plain and gzip.
 *
 * <p>A <b>cell</b> is the text of one value in a CSV row; its <b>text form</b> is the same in both directions, so that what the
 * sink writes the source reads back exactly. A <b>dialect</b> says which characters separate and quote cells. The sink writes
 * a hidden <b>part</b> beside its <b>target</b> and notes in a <b>journal</b> how much of the part is certain.
 */
@NullMarked
package io.streamforge.connector.file;

import org.jspecify.annotations.NullMarked;
