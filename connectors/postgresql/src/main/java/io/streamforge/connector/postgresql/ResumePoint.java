package io.streamforge.connector.postgresql;

/**
 * Counts what a transaction says and tells what has been read before. The log is sent again from the last whole transaction, so that
 * what was read of the next one comes a second time. For one thread.
 */
final class ResumePoint {

    private final WalPosition from;
    private long commit;
    private long transaction;
    private long lsn;
    private long count;

    ResumePoint(WalPosition from) {
        this.from = from;
        commit = from.commit();
    }

    /** Takes in a change; true when it is new. */
    boolean change(long itsTransaction, long itsLsn) {
        count = itsTransaction == transaction && itsLsn == lsn ? count + 1 : 1;
        transaction = itsTransaction;
        lsn = itsLsn;
        boolean resumed = from.transaction() == transaction && from.commit() == commit;
        return !resumed || lsn > from.lsn() || (lsn == from.lsn() && count > from.count());
    }

    /** Takes in the end of a transaction. */
    void committed(long end) {
        commit = Math.max(commit, end);
        transaction = 0;
        lsn = 0;
        count = 0;
    }

    WalPosition position() {
        return new WalPosition(from.server(), commit, transaction, lsn, count);
    }
}
