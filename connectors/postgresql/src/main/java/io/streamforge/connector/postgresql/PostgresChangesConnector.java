package io.streamforge.connector.postgresql;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.OptionSpec;
import io.streamforge.connector.OptionType;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;
import io.streamforge.connector.capture.CaptureOptions;
import io.streamforge.connector.capture.CaptureSettings;
import io.streamforge.connector.jdbc.JdbcAccess;
import io.streamforge.connector.jdbc.JdbcOptions;
import io.streamforge.connector.jdbc.PostgresConnections;
import io.streamforge.messages.ErrorInfo.Category;
import java.util.ArrayList;
import java.util.List;

/** The connector {@code postgresql-changes}: what {@code postgresql} means as the source of a streaming workflow. */
public final class PostgresChangesConnector implements SourceConnector {

    private static final String SLOT = "slot";
    private static final String MAX_SLOT_BYTES = "max_slot_bytes";

    @Override
    public ConnectorDescriptor descriptor() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                JdbcOptions.url(
                        "The database (14 or newer, wal_level logical), as the PostgreSQL JDBC driver writes it.",
                        "jdbc:postgresql://db.example:5432/shop"),
                JdbcOptions.username(),
                JdbcOptions.password()));
        options.addAll(CaptureOptions.all("public.orders, public.order_*"));
        options.add(OptionSpec.of(
                        SLOT,
                        OptionType.STRING,
                        "Name of the replication slot and the publication; streamforge_<workflow> unless written. Both are made on the "
                                + "first start and dropped when the workflow is deleted.")
                .withExample("streamforge_orders"));
        options.add(OptionSpec.of(
                        MAX_SLOT_BYTES,
                        OptionType.SIZE,
                        "When the server keeps more log than this for the slot, the worker warns.")
                .withDefault("1GiB"));
        options.add(JdbcOptions.timeout(JdbcOptions.CONNECT_TIMEOUT, "How long connecting may take.", "10s"));
        options.add(JdbcOptions.timeout(
                JdbcOptions.SOCKET_TIMEOUT,
                "How long the server may take to answer before the connection counts as lost.",
                "5m"));
        return new ConnectorDescriptor(
                "postgresql-changes",
                "PostgreSQL, changes",
                "The rows of tables and all their changes from then on, in the order of their commits, read from the write-ahead log. A "
                        + "streaming workflow gets this connector by the name postgresql.",
                new Role(
                        "loader-producer",
                        options,
                        "Each row and each change comes once; the server keeps its log until the change is in the topic. A lost slot or "
                                + "another server halts the run."),
                null);
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        JdbcAccess access = JdbcAccess.of(options);
        String place = PostgresConnections.place(access.url());
        if (place == null) {
            throw new ConnectorException(
                    "OPTION-VALUE",
                    Category.FATAL,
                    "url: not a PostgreSQL URL",
                    "for example jdbc:postgresql://db.example:5432/shop");
        }
        CaptureSettings capture = CaptureOptions.settings(options);
        return new PostgresChangesSource(new ChangesSettings(
                access,
                place,
                options.list(CaptureOptions.TABLES),
                options.optional(SLOT),
                options.size(MAX_SLOT_BYTES),
                capture));
    }
}
