package io.streamforge.queue.launch.process;

import java.util.concurrent.CountDownLatch;

/** A worker that prints what it was given and then waits to be ended, or ends with the code it was told. */
public final class SampleWorker {

    private SampleWorker() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("command " + System.getenv("STREAMFORGE_COMMAND"));
        System.out.flush();
        String code = System.getenv("SAMPLE_EXIT");
        if (code != null) {
            System.exit(Integer.parseInt(code));
        }
        new CountDownLatch(1).await();
    }
}
