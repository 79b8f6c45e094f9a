/**
 * The workflow file, from text to job graph; pure: no network, no clock.
 *
 * <p>A <b>document</b> is parsed text that remembers where everything stood. A <b>template</b> is a document with typed parameters. A
 * <b>specification</b> is a document whose structure is right. A <b>diagnostic</b> is a mistake with its place. A <b>job
 * graph</b> is what a specification compiles to once its source has been discovered: vertices (workers) and edges (topics).
 */
@NullMarked
package io.streamforge.model;

import org.jspecify.annotations.NullMarked;
