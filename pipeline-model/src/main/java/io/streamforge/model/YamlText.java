package io.streamforge.model;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** YAML with the scalars of its 1.2 core schema: {@code yes} and {@code 010} are text, as everybody expects. */
final class YamlText {

    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final Set<Tag> KNOWN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.SEQ, Tag.MAP);

    private final DocumentReader reader;

    YamlText(DocumentReader reader) {
        this.reader = reader;
    }

    @Nullable Object read(String text) throws SyntaxException {
        Node root;
        try {
            root = new Yaml(limits()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw new SyntaxException("SYNTAX", location(e.getProblemMark()), sentence(e));
        } catch (YAMLException e) {
            throw new SyntaxException("SYNTAX", Location.START, String.valueOf(e.getMessage()));
        }
        return root == null ? null : value(root, "", 0);
    }

    private static String sentence(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        return problem.startsWith("but ") ? e.getContext() + ", " + problem : problem;
    }

    private static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(100);
        options.setNestingDepthLimit(DocumentReader.MAX_DEPTH);
        options.setCodePointLimit(DocumentReader.MAX_CHARACTERS);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private @Nullable Object value(Node node, String path, int depth) throws SyntaxException {
        reader.enter(path, location(node.getStartMark()), depth);
        if (!KNOWN_TAGS.contains(node.getTag())) {
            reader.problem(new SyntaxException(
                    "TAG",
                    location(node.getStartMark()),
                    "the tag " + node.getTag().getValue() + " is not supported"));
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, path, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> items = DocumentReader.newList();
            for (Node item : sequence.getValue()) {
                items.add(value(item, Document.item(path, items.size()), depth + 1));
            }
            return items;
        }
        return scalar((ScalarNode) node);
    }

    private Map<String, @Nullable Object> mapping(MappingNode node, String path, int depth) throws SyntaxException {
        Map<String, @Nullable Object> members = DocumentReader.newMap();
        for (NodeTuple tuple : node.getValue()) {
            if (!tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                member(members, tuple, path, depth);
            }
        }
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(members, tuple.getValueNode(), path, depth);
            }
        }
        return members;
    }

    private void member(Map<String, @Nullable Object> members, NodeTuple tuple, String path, int depth)
            throws SyntaxException {
        Location place = location(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            reader.problem(new SyntaxException("SYNTAX", place, "a name must be plain text"));
            return;
        }
        String member = Document.member(path, key.getValue());
        reader.enterMember(member, key.getValue(), place);
        reader.put(members, key.getValue(), value(tuple.getValueNode(), member, depth + 1), place);
    }

    /** The members of {@code <<: *other}, or of a list of such, that are not given here. */
    private void merge(Map<String, @Nullable Object> members, Node other, String path, int depth)
            throws SyntaxException {
        List<Node> sources = other instanceof SequenceNode list ? list.getValue() : List.of(other);
        for (Node source : sources) {
            if (value(source, path, depth + 1) instanceof Map<?, ?> merged) {
                merged.forEach((name, value) -> members.putIfAbsent(String.valueOf(name), value));
            } else {
                reader.problem(new SyntaxException(
                        "SYNTAX", location(source.getStartMark()), "only a mapping can be merged by <<"));
            }
        }
    }

    private static @Nullable Object scalar(ScalarNode node) {
        String text = node.getValue();
        if (node.getScalarStyle() != ScalarStyle.PLAIN || node.getTag().equals(Tag.STR)) {
            return text;
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    /** A Long, BigInteger or BigDecimal; the text itself when it is no number, or none of a sensible size. */
    static Object number(String text) {
        if (text.length() > DocumentReader.MAX_NUMBER) {
            return text;
        }
        if (INTEGER.matcher(text).matches()) {
            BigInteger integer = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
            return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
        }
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }

    private static Location location(@Nullable Mark mark) {
        return mark == null ? Location.START : new Location(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
