package io.streamforge.connector.jdbc;

import io.streamforge.connector.ConnectorException;
import io.streamforge.connector.GraphStore;
import io.streamforge.messages.ErrorInfo.Category;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graph in two tables of a database: those that {@code vertices} and {@code edges} go to. */
final class JdbcGraph implements GraphStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcGraph.class);
    private static final int IDS_PER_QUERY = 500;
    private static final int SECONDS_PER_QUERY = 15;
    private static final String VERTEX_COLUMNS = "id, label, name, properties, valid_from, valid_to";
    private static final String EDGE_COLUMNS = "id, label, from_id, to_id, weight, properties, valid_from, valid_to";

    private final Dialect dialect;
    private final Connection connection;
    private final TableName vertices;
    private final TableName edges;

    private JdbcGraph(Dialect dialect, Connection connection, TableName vertices, TableName edges) {
        this.dialect = dialect;
        this.connection = connection;
        this.vertices = vertices;
        this.edges = edges;
    }

    /** @throws ConnectorException {@code GRAPH-MISSING} when there are no such tables yet */
    static JdbcGraph open(Dialect dialect, JdbcSettings settings) throws ConnectorException {
        if (!settings.table().named()) {
            throw new ConnectorException(
                    "GRAPH-ONE-TABLE",
                    Category.FATAL,
                    "the sink writes one table, a graph needs two",
                    "write {table} into the sink's option table, for example market_{table}");
        }
        TableName vertices = dialect.created(settings.table().of("vertices"));
        TableName edges = dialect.created(settings.table().of("edges"));
        @Nullable Connection opened = null;
        try {
            opened = dialect.look().orElseThrow(() -> missing(vertices, edges));
            boolean there = dialect.describe(opened, vertices).isPresent()
                    && dialect.describe(opened, edges).isPresent();
            if (!there) {
                throw missing(vertices, edges);
            }
            return new JdbcGraph(dialect, opened, vertices, edges);
        } catch (SQLException e) {
            quietly(opened);
            throw dialect.failure("cannot open the graph in " + vertices.shown() + " and " + edges.shown(), e);
        } catch (ConnectorException e) {
            quietly(opened);
            throw e;
        }
    }

    private static ConnectorException missing(TableName vertices, TableName edges) {
        return new ConnectorException(
                "GRAPH-MISSING",
                Category.FATAL,
                "there are no tables " + vertices.shown() + " and " + edges.shown(),
                "run the workflow that writes them");
    }

    @Override
    public List<Vertex> vertices(Collection<String> ids) throws ConnectorException {
        List<Vertex> found = new ArrayList<>();
        for (List<String> part : parts(ids)) {
            query(
                    "SELECT " + VERTEX_COLUMNS + " FROM " + vertices.quoted() + " WHERE id IN " + marks(part.size()),
                    part,
                    row -> found.add(new Vertex(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            StoredMoment.iso(row.getString(5)),
                            StoredMoment.iso(row.getString(6)))));
        }
        return found;
    }

    @Override
    public List<Edge> edges(Collection<String> ids, Direction direction, Optional<String> label, int limit)
            throws ConnectorException {
        Map<String, Edge> found = new TreeMap<>();
        for (List<String> part : parts(ids)) {
            if (direction != Direction.IN) {
                edges("from_id", part, label, limit, found);
            }
            if (direction != Direction.OUT) {
                edges("to_id", part, label, limit, found);
            }
        }
        return found.values().stream().limit(limit).toList();
    }

    /** Two queries, one for each end, so that each can use its index. */
    private void edges(String end, List<String> part, Optional<String> label, int limit, Map<String, Edge> found)
            throws ConnectorException {
        List<String> values = new ArrayList<>(part);
        label.ifPresent(values::add);
        query(
                "SELECT " + EDGE_COLUMNS + " FROM " + edges.quoted() + " WHERE " + end + " IN " + marks(part.size())
                        + (label.isPresent() ? " AND label = ?" : "") + " ORDER BY id LIMIT " + limit,
                values,
                row -> {
                    Edge edge = edge(row);
                    found.put(edge.id(), edge);
                });
    }

    private static Edge edge(ResultSet row) throws SQLException {
        return new Edge(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5) instanceof Number weight ? Double.valueOf(weight.doubleValue()) : null,
                row.getString(6),
                StoredMoment.iso(row.getString(7)),
                StoredMoment.iso(row.getString(8)));
    }

    @Override
    public void close() {
        quietly(connection);
    }

    /** Takes one row. */
    private interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    private void query(String sql, List<String> values, RowTaker taker) throws ConnectorException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(SECONDS_PER_QUERY);
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taker.take(rows);
                }
            }
        } catch (SQLException e) {
            throw dialect.failure("cannot read the graph in " + edges.shown(), e);
        }
    }

    private static void quietly(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("connection could not be closed");
        }
    }

    private static List<List<String>> parts(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS_PER_QUERY) {
            parts.add(all.subList(from, Math.min(all.size(), from + IDS_PER_QUERY)));
        }
        return parts;
    }

    private static String marks(int count) {
        return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }
}
