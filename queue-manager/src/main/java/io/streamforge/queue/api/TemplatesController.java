package io.streamforge.queue.api;

import io.streamforge.model.Template;
import io.streamforge.model.Templates;
import io.streamforge.queue.workflow.RefusedException;
import io.streamforge.queue.workflow.RefusedException.Reason;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/templates}: the shipped templates with their parameters. */
@RestController
@RequestMapping(path = "/api/v1/templates", produces = MediaType.APPLICATION_JSON_VALUE)
class TemplatesController {

    @GetMapping
    ListView<Template> list() {
        return ListView.of(Templates.shipped().all());
    }

    @GetMapping("/{name}")
    Template get(@PathVariable String name) {
        return Templates.shipped()
                .find(name)
                .orElseThrow(() -> new RefusedException(
                        Reason.NOT_FOUND, "TEMPLATE-UNKNOWN", "there is no template of this name"));
    }
}
