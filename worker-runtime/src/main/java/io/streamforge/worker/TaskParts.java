package io.streamforge.worker;

import io.streamforge.connector.Catalog;
import io.streamforge.connector.Connector;
import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Operator;
import io.streamforge.connector.OperatorProvider;
import io.streamforge.connector.OptionParser;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.References;
import io.streamforge.connector.Sink;
import io.streamforge.connector.Source;
import io.streamforge.connector.StagePlan;
import io.streamforge.connector.StageProvider;
import io.streamforge.messages.Task;
import io.streamforge.record.AvroSchemas;
import io.streamforge.record.Column;
import io.streamforge.record.RowSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what a task names into what can be run; whatever does not fit together is a fatal failure that names it. */
final class TaskParts {

    private static final String CONFIGURATION = "configuration of its stage";

    private final Task task;
    private final Catalog catalog;
    private final References.Resolver resolver;

    TaskParts(Task task, Catalog catalog, References.Resolver resolver) {
        this.task = task;
        this.catalog = catalog;
        this.resolver = resolver;
    }

    Source source() {
        var connector = catalog.source(task.connector())
                .orElseThrow(() ->
                        unknown("source", task.connector(), catalog.connectors().keySet()));
        try {
            return connector.source(options(connector, connector.descriptor().source()));
        } catch (ConnectorException e) {
            throw VertexFailure.of(e);
        }
    }

    Sink sink() {
        var connector = catalog.sink(task.connector())
                .orElseThrow(() ->
                        unknown("sink", task.connector(), catalog.connectors().keySet()));
        try {
            return connector.sink(options(connector, connector.descriptor().sink()));
        } catch (ConnectorException e) {
            throw VertexFailure.of(e);
        }
    }

    private Options options(Connector connector, ConnectorDescriptor.@Nullable Role role) {
        if (role == null) {
            throw unknown("role of a connector", connector.descriptor().name(), Set.of());
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> resolved = References.resolve(task.options(), resolver, problems);
        if (!problems.isEmpty()) {
            throw invalid("OPTIONS-INVALID", "options", problems);
        }
        return new OptionParser(role.options())
                .parse(resolved, problems)
                .orElseThrow(() -> invalid("OPTIONS-INVALID", "options", problems));
    }

    /** A chain of its own for each split: operators serve one thread. */
    List<Operator> operators(RowSchema input) {
        List<Operator> chain = new ArrayList<>();
        RowSchema schema = input;
        for (int i = 0; i < task.operators().size(); i++) {
            Map.Entry<String, Object> named =
                    task.operators().get(i).entrySet().iterator().next();
            OperatorProvider provider = catalog.operators().get(named.getKey());
            if (provider == null) {
                throw unknown("operator", named.getKey(), catalog.operators().keySet());
            }
            List<Problem> problems = new ArrayList<>();
            String path = "operators[" + i + "]." + named.getKey();
            Operator operator = provider.compile(named.getValue(), schema, problems)
                    .orElseThrow(() -> invalid("OPERATOR-INVALID", path, problems));
            chain.add(operator);
            schema = operator.output();
        }
        return chain;
    }

    /** What rows look like behind a chain. */
    static RowSchema through(List<Operator> chain, RowSchema input) {
        return chain.isEmpty() ? input : chain.get(chain.size() - 1).output();
    }

    /** A chain whose rows are not those of the output topic would write what no reader understands. */
    static void requireColumns(RowSchema rows, RowSchema promised) {
        if (!rows.columns().equals(promised.columns())) {
            throw VertexFailure.fatal(
                    "SCHEMA-MISMATCH",
                    "the operators give " + rows.columns() + ", the topic's schema is " + promised.columns(),
                    "operators",
                    "start the run again, so that it is compiled with this version");
        }
    }

    /** The task's stage, compiled against the rows of its input. */
    StagePlan stage(List<RowSchema> input) {
        StageProvider provider = catalog.stages().get(task.connector());
        if (provider == null) {
            throw unknown("stage", task.connector(), catalog.stages().keySet());
        }
        List<Problem> problems = new ArrayList<>();
        return provider.plan(require(task.configuration(), CONFIGURATION), input, problems)
                .orElseThrow(() -> invalid("OPERATOR-INVALID", task.connector(), problems));
    }

    /** Of the rows of a stage's input, or of a sink's: more than one when several tables share the topic. */
    static List<RowSchema> schemas(Task.Input input) {
        return schemas(input.tables(), input.key(), input.value());
    }

    /** Of the rows of an output topic. */
    static List<RowSchema> schemas(Task.Output output) {
        return schemas(output.tables(), output.key(), output.value());
    }

    private static List<RowSchema> schemas(
            List<Task.Table> tables, Task.@Nullable SchemaRef key, Task.SchemaRef value) {
        return tables.isEmpty()
                ? List.of(keyed(key, value))
                : tables.stream().map(TaskParts::schema).toList();
    }

    static RowSchema schema(Task.@Nullable SchemaRef reference, String what) {
        if (reference == null) {
            throw VertexFailure.fatal("TASK-INVALID", "the task has no " + what, null, null);
        }
        try {
            return AvroSchemas.fromAvro(reference.avro());
        } catch (IllegalArgumentException e) {
            throw VertexFailure.fatal("TASK-INVALID", what + " is not usable: " + e.getMessage(), null, null);
        }
    }

    /** Of a table's rows, with the key of their records. */
    static RowSchema schema(Task.Table table) {
        return keyed(table.key(), table.value());
    }

    /** Of rows, with the key of their records. */
    static RowSchema keyed(Task.@Nullable SchemaRef key, Task.SchemaRef value) {
        List<String> names = key == null
                ? List.of()
                : schema(key, "key schema").columns().stream().map(Column::name).toList();
        return schema(value, "schema of its rows").withKey(names);
    }

    static <T> T require(@Nullable T part, String what) {
        if (part == null) {
            throw VertexFailure.fatal("TASK-INVALID", "the task has no " + what, null, null);
        }
        return part;
    }

    private static VertexFailure unknown(String what, String name, Set<String> known) {
        return VertexFailure.fatal(
                "CONNECTOR-MISSING",
                "'" + name + "' is not a " + what + " of this worker",
                null,
                "known here: " + String.join(", ", known));
    }

    private static VertexFailure invalid(String code, String path, List<Problem> problems) {
        Problem first = problems.get(0);
        String all = problems.stream()
                .map(problem -> path + "." + problem.path() + ": " + problem.message())
                .collect(Collectors.joining("; "));
        return VertexFailure.fatal(code, all, path + "." + first.path(), first.suggestion());
    }
}
