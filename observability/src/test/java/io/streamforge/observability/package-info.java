/** Tests of what is shipped for logs, against a search engine in the test's process. */
@NullMarked
package io.streamforge.observability;

import org.jspecify.annotations.NullMarked;
