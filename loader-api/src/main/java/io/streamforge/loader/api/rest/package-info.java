/**
 * Any JSON API that answers with pages of rows.
 *
 * <p>A page has an <b>address</b>, a text that only its {@link io.streamforge.loader.api.rest.Paging} understands: a number, an
 * offset, a cursor, a link. The position of the source is the address of a page ({@code at}), its number in reading order ({@code
 * page}) and how many of its rows have been read ({@code row}). A page that may still get more rows, such as the last one, stays in
 * the position, so that a later run reads on within it.
 */
@NullMarked
package io.streamforge.loader.api.rest;

import org.jspecify.annotations.NullMarked;
