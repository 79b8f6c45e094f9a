/**
 * Runs one vertex of a run, from its start command to its last event.
 *
 * <p>A <b>worker</b> is told a broker and the place of one start command; it reads the command by a seek, runs the task in it as
 * a <b>vertex</b>, obeys the commands that follow on the same partition and reports events. An <b>attempt</b> is one life
 * of a vertex; a newer attempt supersedes an older one. The same worker runs as a process ({@link
 * io.streamforge.worker.WorkerMain}) or inside another one ({@link io.streamforge.worker.Worker}).
 */
@NullMarked
package io.streamforge.worker;

import org.jspecify.annotations.NullMarked;
