package io.streamforge.queue.launch;

/**
 * @param text decoded as UTF-8, cut at a line's end where there is one
 * @param next offset to go on from
 */
public record LogChunk(String text, long next) {}
