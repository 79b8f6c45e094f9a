/**
 * What a run is and how it moves; pure, without clock, store or network.
 *
 * <p>A <b>run</b> is one execution of a workflow, named by its queue id. Its <b>state</b> is what it is in, its <b>desired</b>
 * state what the user wants. A <b>vertex</b> is one worker of the run; each time it is started anew it gets the next
 * <b>attempt</b>. An <b>edge</b> is the topic between two vertices. A <b>report</b> is the latest event of a vertex's worker. The
 * <b>account</b> says at every edge what became of each row.
 */
@NullMarked
package io.streamforge.queue.run;

import org.jspecify.annotations.NullMarked;
