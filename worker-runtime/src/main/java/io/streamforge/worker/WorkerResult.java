package io.streamforge.worker;

import io.streamforge.messages.ErrorInfo;
import java.util.Optional;

/**
 * How a worker ended.
 *
 * @param error why it did not end well; empty after {@link ExitCode#DONE}
 */
public record WorkerResult(ExitCode exitCode, Optional<ErrorInfo> error) {}
