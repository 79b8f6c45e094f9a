package io.streamforge.queue.api;

import io.streamforge.queue.store.AuditEntry;
import io.streamforge.queue.store.Store;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/audit}: who changed what, newest first; read on with {@code before}. */
@RestController
@RequestMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

    private static final int MAX_LIMIT = 1000;

    private final Store store;

    AuditController(Store store) {
        this.store = store;
    }

    @GetMapping
    List<AuditEntry> list(
            @RequestParam(required = false) @Nullable Long before, @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new RefusedException(Reason.INVALID, "PARAMETER", "limit is 1 to " + MAX_LIMIT);
        }
        return store.audit(before == null ? Long.MAX_VALUE : before, limit);
    }
}
