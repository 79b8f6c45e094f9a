/** What the routes of the service have in common. */
@NullMarked
package io.streamforge.dummy.http;

import org.jspecify.annotations.NullMarked;
