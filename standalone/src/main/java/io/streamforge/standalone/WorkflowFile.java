package io.streamforge.standalone;

import io.streamforge.messages.Json;
import io.streamforge.model.Diagnostic;
import io.streamforge.model.ParsedWorkflow;
import io.streamforge.model.WorkflowParser;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A workflow file with the parameters given on the command line put in. */
record WorkflowFile(Path path, ParsedWorkflow parsed) {

    /** @throws CommandException when the file cannot be read */
    static WorkflowFile read(Path path, Map<String, String> parameters) {
        try {
            Map<String, Object> given = new LinkedHashMap<>(parameters);
            return new WorkflowFile(path, WorkflowParser.parse(Files.readString(path), given, Map.of()));
        } catch (MalformedInputException e) {
            throw new CommandException(Exit.BAD_INPUT, path + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new CommandException(
                    Exit.BAD_INPUT, path + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** @throws CommandException with every problem at its place, when there is one */
    WorkflowFile requireValid() {
        if (Diagnostic.anyError(parsed.diagnostics())) {
            throw new CommandException(Exit.BAD_INPUT, Diagnostic.format(path.toString(), parsed.diagnostics()));
        }
        return this;
    }

    /** Of a workflow that is valid. */
    String name() {
        return parsed.spec().orElseThrow().name();
    }

    /** The workflow as JSON, parameters put in. */
    String json() {
        return Json.MAPPER.writeValueAsString(parsed.document().root());
    }
}
