package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.SinkContext;
import io.streamforge.record.RowSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Brings what a run writes to into being, whichever of its tasks comes first: the targets, the offsets beside the first of
 * them, and the tables in which a replacement is gathered. Each of those has the run in its name, so that an attempt finds what
 * the one before has gathered, and a run what others have left behind.
 */
final class Preparation {

    private static final String STAGE = "streamforge_new_";
    private static final int DIGITS = 10;

    private final Dialect dialect;
    private final JdbcSettings settings;
    private final SinkContext context;
    private final Grammar grammar;

    /**
     * @param mappings from the rows of each table to what they are written to
     * @param steps to take when the run is complete
     */
    record Prepared(List<Mapping> mappings, Offsets offsets, RunSteps steps) {

        TableName first() {
            return mappings.get(0).table().name();
        }
    }

    Preparation(Dialect dialect, JdbcSettings settings, SinkContext context) {
        this.dialect = dialect;
        this.settings = settings;
        this.context = context;
        grammar = dialect.grammar();
    }

    /** Within a transaction that keeps other writers from preparing at the same time. */
    Prepared prepare(Connection connection) throws SQLException, ConnectorException {
        List<TargetTable> targets = new ArrayList<>();
        for (int i = 0; i < context.schemas().size(); i++) {
            targets.add(findOrCreate(
                    connection, context.before().get(i), context.schemas().get(i)));
        }
        Offsets offsets = offsets(connection, targets.get(0).name());
        if (!settings.before().isEmpty() && !offsets.marked(connection, Offsets.Mark.BEGUN)) {
            Statements.execute(connection, grammar.ofUser(settings.before()));
            offsets.mark(connection, Offsets.Mark.BEGUN);
        }
        boolean finished = offsets.marked(connection, Offsets.Mark.FINISHED);
        List<Mapping> mappings = new ArrayList<>();
        List<String> swap = new ArrayList<>();
        List<String> leftover = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Mapping direct =
                    mapping(connection, context.schemas().get(i), targets.get(i).name());
            if (settings.mode() == WriteMode.REPLACE && !finished) {
                Mapping gathered = gather(connection, direct);
                swap.addAll(swap(direct, gathered.table().name()));
                leftover.add("DROP TABLE IF EXISTS " + gathered.table().name().quoted());
                mappings.add(gathered);
            } else {
                mappings.add(direct);
            }
        }
        return new Prepared(mappings, offsets, new RunSteps(offsets, swap, grammar.ofUser(settings.after()), leftover));
    }

    private TargetTable findOrCreate(Connection connection, RowSchema before, RowSchema schema)
            throws SQLException, ConnectorException {
        JdbcSettings routed = settings.of(schema);
        Optional<TargetTable> found = dialect.describe(connection, routed.table());
        if (found.isPresent()) {
            if (context.evolving()) {
                Statements.execute(
                        connection, new Evolution(dialect, before, schema).statements(connection, found.get()));
            }
            return found.get();
        }
        new Matching(dialect, routed, schema).requireCreatable();
        TableName name = dialect.created(routed.table());
        Statements.execute(connection, Ddl.createTable(name, schema, Matching.key(routed, schema), dialect));
        return dialect.describe(connection, name).orElseThrow();
    }

    private Offsets offsets(Connection connection, TableName target) throws SQLException {
        TableName name = target.sibling(Offsets.TABLE);
        Offsets offsets = new Offsets(name, context, grammar);
        if (dialect.describe(connection, name).isEmpty()) {
            offsets.create(connection);
        }
        return offsets;
    }

    private Mapping mapping(Connection connection, RowSchema schema, TableName target)
            throws SQLException, ConnectorException {
        TargetTable table = dialect.describe(connection, target).orElseThrow();
        return new Matching(dialect, settings.of(schema), schema).require(table);
    }

    /** Rows of the run go to a table like the target, which what other runs of the workflow have left makes room for. */
    private Mapping gather(Connection connection, Mapping direct) throws SQLException {
        TableName target = direct.table().name();
        String ofTarget = STAGE + digest(context.workflow() + "\0" + target.shown()) + "_";
        TableName stage = target.sibling(ofTarget + digest(context.topic() + "\0" + context.group()));
        for (TableName left : grammar.tables(connection, target, ofTarget)) {
            if (!left.name().equals(stage.name())) {
                Statements.execute(connection, "DROP TABLE " + left.quoted());
            }
        }
        Optional<TargetTable> found = dialect.describe(connection, stage);
        if (found.isEmpty()) {
            List<String> key = direct.mode() == WriteMode.UPSERT ? direct.keyNames() : List.of();
            Statements.execute(connection, grammar.createLike(connection, direct.table(), stage, key));
            found = dialect.describe(connection, stage);
        }
        return direct.onto(found.orElseThrow());
    }

    /** Readers see all of the old content until the commit, and all of the new one afterwards. */
    private List<String> swap(Mapping direct, TableName stage) {
        String target = direct.table().name().quoted();
        String names = Ddl.names(direct.columnNames());
        return List.of(
                "DELETE FROM " + target,
                "INSERT INTO " + target + " (" + names + ")" + grammar.overridingDefaults() + " SELECT " + names
                        + " FROM " + stage.quoted());
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
