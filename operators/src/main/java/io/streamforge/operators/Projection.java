package io.streamforge.operators;

import io.streamforge.connector.Operator;
import io.streamforge.operators.expression.EvaluationException;
import io.streamforge.operators.expression.Expression;
import io.streamforge.record.Column;
import io.streamforge.record.InvalidValueException;
import io.streamforge.record.Op;
import io.streamforge.record.RecordBatch;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import io.streamforge.record.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes rows of other columns. */
final class Projection implements Operator {

    /**
     * An output column.
     *
     * @param column its name, type and nullability
     * @param value what it holds; a plain column is copied without being decoded
     * @param keyOf the input column whose place in a key it takes; empty when it takes none
     * @param keyValue the same value computed from key columns alone
     */
    record Item(Column column, Expression value, Optional<String> keyOf, Optional<Expression> keyValue) {

        /** An expression; when it is nothing but a column it can stand for that column in a key. */
        static Item of(String name, Expression value, RowSchema input) {
            Optional<String> source = value.column() < 0
                    ? Optional.empty()
                    : Optional.of(input.column(value.column()).name());
            return new Item(new Column(name, value.type(), value.nullable()), value, source, Optional.empty());
        }

        boolean copied() {
            return value.column() >= 0;
        }
    }

    private final RowSchema output;
    private final Item[] items;
    private final List<Item> keyItems;
    private final RowCursor cursor;
    private final RowCursor keyCursor;
    private final RowWriter writer;
    private final RowWriter keyWriter;
    private final RowRejections rejections;
    private final RowRejections keyRejections;

    Projection(String operator, RowSchema input, List<Item> items) {
        this.items = items.toArray(Item[]::new);
        keyItems = keyItems(input, items);
        output = new RowSchema(
                input.name(),
                items.stream().map(Item::column).toList(),
                keyItems.stream().map(item -> item.column().name()).toList());
        RowSchema keys = input.keyed() ? input.keySchema() : input;
        cursor = new RowCursor(input);
        keyCursor = new RowCursor(keys);
        writer = new RowWriter(output);
        keyWriter = new RowWriter(output.keyed() ? output.keySchema() : output);
        rejections = new RowRejections(operator, cursor);
        keyRejections = new RowRejections(operator, keyCursor);
    }

    /** For each key column of the input, in order, the first output column that stands for it; none when one is missing. */
    private static List<Item> keyItems(RowSchema input, List<Item> items) {
        List<Item> found = new ArrayList<>();
        for (String key : input.key()) {
            items.stream()
                    .filter(item -> item.keyOf().filter(key::equals).isPresent())
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found.size() == input.key().size() ? found : List.of();
    }

    @Override
    public RowSchema output() {
        return output;
    }

    @Override
    public RecordBatch apply(RecordBatch batch) {
        RowBuffer rows = batch.rows();
        RowBuffer target = new RowBuffer(rows.byteSize() + rows.byteSize() / 4 + 64, rows.rows());
        writer.to(target);
        for (int row = 0; row < rows.rows(); row++) {
            if (rows.op(row) == Op.DELETE) {
                delete(rows, row, target);
            } else {
                project(rows, row);
            }
        }
        return new RecordBatch(
                output, target, batch.position(), keyRejections.after(rejections.after(batch.rejected())));
    }

    private void project(RowBuffer rows, int row) {
        cursor.wrap(rows, row);
        try {
            for (Item item : items) {
                if (item.copied()) {
                    int column = item.value().column();
                    writer.copy(cursor.array(), cursor.start(column), cursor.end(column));
                } else {
                    writer.writeValue(item.value().evaluate(cursor));
                }
            }
            writer.endRow(rows.op(row), rows.timestampMicros(row));
        } catch (EvaluationException e) {
            writer.abandonRow();
            rejections.add(e);
        } catch (InvalidValueException e) {
            writer.abandonRow();
            rejections.add(e);
        }
    }

    private void delete(RowBuffer rows, int row, RowBuffer target) {
        keyCursor.wrap(rows, row);
        if (!output.keyed()) {
            keyRejections.add("OPERATOR-KEY-LOST", "a delete needs the key, which is not among the columns any more");
            return;
        }
        keyWriter.to(target);
        try {
            for (int key = 0; key < keyItems.size(); key++) {
                Item item = keyItems.get(key);
                if (item.keyValue().isPresent()) {
                    keyWriter.writeValue(item.keyValue().get().evaluate(keyCursor));
                } else {
                    keyWriter.copy(keyCursor.array(), keyCursor.start(key), keyCursor.end(key));
                }
            }
            keyWriter.endRow(Op.DELETE, rows.timestampMicros(row));
        } catch (EvaluationException e) {
            keyWriter.abandonRow();
            keyRejections.add(e);
        } catch (InvalidValueException e) {
            keyWriter.abandonRow();
            keyRejections.add(e);
        }
        writer.to(target);
    }
}
