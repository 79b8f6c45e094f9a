package io.streamforge.loader.api;

import io.streamforge.connector.ConnectorException;
import io.streamforge.loader.api.http.HttpCalls;
import io.streamforge.record.RecordBatch;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Pages as a flux: one is read when it is asked for, on the thread that asks. Cancellation from another thread interrupts the
 * read that is under way.
 */
public final class PageFlux {

    private final Pages pages;
    private @Nullable Thread reading;
    private boolean cancelled;

    private PageFlux(Pages pages) {
        this.pages = pages;
    }

    /** Reads on with each call; used by one thread at a time. */
    @FunctionalInterface
    public interface Pages {

        /** The next batch; empty at the end. */
        Optional<RecordBatch> next() throws ConnectorException, InterruptedException;
    }

    public static Flux<RecordBatch> of(Supplier<Pages> open) {
        return Flux.defer(() -> {
            PageFlux flux = new PageFlux(open.get());
            return Flux.generate(flux::emit).doOnCancel(flux::cancel);
        });
    }

    private void emit(SynchronousSink<RecordBatch> sink) {
        if (!begin()) {
            sink.complete();
            return;
        }
        try {
            read().ifPresentOrElse(sink::next, sink::complete);
        } catch (ConnectorException e) {
            sink.error(e);
        } catch (InterruptedException e) {
            interrupted(sink, e);
        }
    }

    /** What follows the batch downstream is not interrupted: only the read is. */
    private Optional<RecordBatch> read() throws ConnectorException, InterruptedException {
        try {
            return pages.next();
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        reading = cancelled ? null : Thread.currentThread();
        return !cancelled;
    }

    private synchronized void end() {
        reading = null;
        if (cancelled) {
            // The interrupt was meant for the read alone.
            Thread.interrupted();
        }
    }

    private synchronized void cancel() {
        cancelled = true;
        if (reading != null && reading != Thread.currentThread()) {
            reading.interrupt();
        }
    }

    private synchronized void interrupted(SynchronousSink<RecordBatch> sink, InterruptedException cause) {
        if (cancelled) {
            sink.complete();
            return;
        }
        sink.error(HttpCalls.interrupted(cause));
    }
}
