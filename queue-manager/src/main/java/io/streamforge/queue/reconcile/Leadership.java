package io.streamforge.queue.reconcile;

/** Who of several queue-managers acts; the others answer the API from the store, and write to it. */
public interface Leadership extends AutoCloseable {

    /** Always leads, and nobody else is there. */
    Leadership ALONE = new Leadership() {
        @Override
        public void start() {}

        @Override
        public boolean leads() {
            return true;
        }

        @Override
        public boolean shared() {
            return false;
        }

        @Override
        public void close() {}
    };

    /** Begins to strive for it. */
    void start();

    /** Whether this one may act now; asked before every step, so it must be cheap, and false in time before another may act. */
    boolean leads();

    /** Whether others may be there. */
    boolean shared();

    /** Hands over; the caller has stopped acting. */
    @Override
    void close();
}
