package io.streamforge.connector.mysql;

import io.streamforge.connector.ConnectorDescriptor;
import io.streamforge.connector.ConnectorDescriptor.Role;
import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.Options;
import io.streamforge.connector.Source;
import io.streamforge.connector.SourceConnector;

/** The connector {@code mysql} of streaming workflows. */
public final class MySqlChangesConnector implements SourceConnector {

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "mysql-changes",
                "MySQL and MariaDB changes",
                "The rows of tables of MySQL (8.0 or newer) or MariaDB (10.5 or newer) and every change to them from then on, "
                        + "read from the binary log. What connector: mysql is in a workflow of mode: streaming.",
                new Role(
                        "loader-producer",
                        MySqlOptions.all(),
                        "Each change arrives once and in order: the place in the binary log is committed with the rows. When "
                                + "the log cannot be read on without a gap, the run halts and says why."),
                null);
    }

    @Override
    public Source source(Options options) throws ConnectorException {
        return MySqlOptions.source(options);
    }
}
