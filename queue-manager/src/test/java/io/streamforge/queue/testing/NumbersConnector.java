package io.streamforge.queue.testing;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Discovery;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Problem;
import io.streamforge.connector.Sink;
import io.streamforge.connector.SinkConnector;
import io.streamforge.connector.SinkContext;
import io.streamforge.connector.SinkWriter;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.SourceContext;
import io.streamforge.messages.ErrorInfo.Category;
import io.streamforge.messages.Task.Split;
import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Position;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;

/** A connector that can be discovered and checked, but whose workers are simulated. */
public final class NumbersConnector implements SourceConnector, SinkConnector {

    /** How often it is still away when it is to forget a workflow. */
    public static final Map<String, Integer> AWAY = new ConcurrentHashMap<>();

    private static final List<OptionSpec> OPTIONS = List.of(
            OptionSpec.of("url", OptionType.STRING, "Where it is.").withDefault("numbers:here"),
            OptionSpec.of("count", OptionType.INTEGER, "How many.").withDefault("100"),
            OptionSpec.of("password", OptionType.STRING, "The secret.").withSecret(),
            OptionSpec.of("headers", OptionType.MAP, "More secrets.").withSecret());

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "numbers",
                "Numbers",
                "Counts.",
                new Role("loader-producer", OPTIONS, "Exactly once."),
                new Role("sink-connector", OPTIONS, "Exactly once."));
    }

    @Override
    public Source source(Options options) {
        return new Source() {
            @Override
            public Discovery discover() throws ConnectorException {
                if (options.string("url").equals("numbers:nowhere")) {
                    throw new ConnectorException(
                            "NUMBERS-UNREACHABLE", Category.CONNECTION, "nobody answers", "start it");
                }
                RowSchema schema =
                        new RowSchema("numbers", List.of(Column.required("n", DataType.INT64)), List.of("n"));
                return new Discovery(schema, List.of(new Split("all", Map.of())), OptionalLong.of(100));
            }

            @Override
            public void forget(SourceContext context) throws ConnectorException {
                if (AWAY.merge(context.workflow(), -1, Integer::sum) >= 0) {
                    throw new ConnectorException(
                            "NUMBERS-UNREACHABLE", Category.CONNECTION, "nobody answers", "start it");
                }
            }

            @Override
            public Flux<RecordBatch> read(Split split, Optional<Position> from, RowSchema schema) {
                return Flux.empty();
            }
        };
    }

    @Override
    public Sink sink(Options options) {
        return new Sink() {
            @Override
            public List<Problem> check(RowSchema schema) {
                return List.of();
            }

            @Override
            public SinkWriter open(SinkContext context) {
                throw new UnsupportedOperationException("workers are simulated");
            }
        };
    }
}
