package io.streamforge.dummy.load;

import java.util.concurrent.CompletionStage;

/** What an open loop does again and again. */
interface Load extends AutoCloseable {

    /**
     * Begins a piece of work without waiting for it.
     *
     * @param number from 0 on
     * @return completes when it is done, exceptionally when it has failed; the message is counted
     */
    CompletionStage<?> begin(long number);

    /** Called when all that was begun is done, or is not waited for any more. */
    @Override
    void close();
}
