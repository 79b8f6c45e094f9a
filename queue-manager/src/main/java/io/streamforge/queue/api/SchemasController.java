package io.streamforge.queue.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamforge.messages.Json;
import io.streamforge.queue.prepare.SchemaRegistry;
import io.streamforge.queue.store.RegisteredSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The read calls of the common schema registry, with its own bodies and error codes. */
@RestController
class SchemasController {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SUBJECT_UNKNOWN = 40401;
    private static final int VERSION_UNKNOWN = 40402;
    private static final int SCHEMA_UNKNOWN = 40403;

    private final SchemaRegistry registry;

    SchemasController(SchemaRegistry registry) {
        this.registry = registry;
    }

    record Version(String subject, int version, int id, String schema) {}

    record Failure(@JsonProperty("error_code") int errorCode, String message) {}

    @GetMapping("/schemas/ids/{id}")
    ResponseEntity<byte[]> byId(@PathVariable String id) {
        return first(schema -> Integer.toString(schema.id()).equals(id))
                .map(schema -> ok(Map.of("schema", schema.schema())))
                .orElseGet(() -> unknown(SCHEMA_UNKNOWN, "Schema not found"));
    }

    @GetMapping("/subjects")
    ResponseEntity<byte[]> subjects() {
        return ok(registry.all().stream()
                .map(RegisteredSchema::subject)
                .distinct()
                .toList());
    }

    @GetMapping("/subjects/{subject}/versions")
    ResponseEntity<byte[]> versions(@PathVariable String subject) {
        List<Integer> versions = registry.all().stream()
                .filter(schema -> schema.subject().equals(subject))
                .map(RegisteredSchema::version)
                .toList();
        return versions.isEmpty() ? unknown(SUBJECT_UNKNOWN, "Subject not found") : ok(versions);
    }

    @GetMapping("/subjects/{subject}/versions/{version}")
    ResponseEntity<byte[]> version(@PathVariable String subject, @PathVariable String version) {
        List<RegisteredSchema> all = registry.all().stream()
                .filter(schema -> schema.subject().equals(subject))
                .toList();
        if (all.isEmpty()) {
            return unknown(SUBJECT_UNKNOWN, "Subject not found");
        }
        Optional<RegisteredSchema> found = version.equals("latest")
                ? Optional.of(all.get(all.size() - 1))
                : all.stream()
                        .filter(schema -> Integer.toString(schema.version()).equals(version))
                        .findFirst();
        return found.map(schema -> ok(new Version(schema.subject(), schema.version(), schema.id(), schema.schema())))
                .orElseGet(() -> unknown(VERSION_UNKNOWN, "Version not found"));
    }

    private Optional<RegisteredSchema> first(Predicate<RegisteredSchema> which) {
        return registry.all().stream().filter(which).findFirst();
    }

    private static ResponseEntity<byte[]> ok(Object body) {
        return answer(HttpStatus.OK, body);
    }

    private static ResponseEntity<byte[]> unknown(int code, String message) {
        return answer(HttpStatus.NOT_FOUND, new Failure(code, message));
    }

    private static ResponseEntity<byte[]> answer(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(MEDIA_TYPE))
                .body(Json.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }
}
