package io.streamforge.standalone;

/** Exit codes of the command line. */
final class Exit {

    static final int OK = 0;
    static final int RUN_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int INTERNAL = 3;

    private Exit() {}
}
