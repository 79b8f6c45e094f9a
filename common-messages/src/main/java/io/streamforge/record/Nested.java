package io.streamforge.record;

import io.streamforge.record.DataType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Arrays and maps: Avro blocks of elements, each element a union with null. An element is encoded as a row of one nullable
 * column, so every type has a single encoder.
 */
final class Nested {

    private static final String ELEMENT = "element";

    private Nested() {}

    static void write(Object value, Column column, RowBuffer target) {
        DataType element = Objects.requireNonNull(column.type().element());
        RowWriter elements = new RowWriter(single(column.name(), element, true), target);
        if (column.type().kind() == Kind.ARRAY) {
            List<?> items = Values.cast(value, List.class, column);
            writeCount(items.size(), target);
            items.forEach(elements::writeElement);
        } else {
            RowWriter keys = new RowWriter(single(column.name(), DataType.STRING, false), target);
            Map<?, ?> entries = Values.cast(value, Map.class, column);
            writeCount(entries.size(), target);
            entries.forEach((key, item) -> {
                keys.writeElement(key);
                elements.writeElement(item);
            });
        }
        if (size(value) > 0) {
            writeCount(0, target);
        }
    }

    static Object read(DataType type, byte[] bytes, int at) {
        DataType element = Objects.requireNonNull(type.element());
        List<@Nullable Object> items = new ArrayList<>();
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        RowCursor keys = new RowCursor(single(ELEMENT, DataType.STRING, false));
        RowCursor cursor = new RowCursor(single(ELEMENT, element, true));
        int next = at;
        long count;
        while ((count = Varint.read(bytes, next)) != 0) {
            next = afterCount(bytes, next, count);
            for (long i = Math.abs(count); i > 0; i--) {
                String key = "";
                if (type.kind() == Kind.MAP) {
                    int end = Varint.skipSized(bytes, next);
                    key = keys.wrap(bytes, next, end).getString(0);
                    next = end;
                }
                int end = skipElement(element, bytes, next);
                Object item = cursor.wrap(bytes, next, end).value(0);
                next = end;
                if (type.kind() == Kind.MAP) {
                    entries.put(key, item);
                } else {
                    items.add(item);
                }
            }
        }
        return type.kind() == Kind.MAP ? entries : items;
    }

    static int skip(Kind kind, DataType element, byte[] bytes, int at) {
        int next = at;
        long count;
        while ((count = Varint.read(bytes, next)) != 0) {
            next = afterCount(bytes, next, count);
            for (long i = Math.abs(count); i > 0; i--) {
                if (kind == Kind.MAP) {
                    next = Varint.skipSized(bytes, next);
                }
                next = skipElement(element, bytes, next);
            }
        }
        return next + 1;
    }

    private static int skipElement(DataType element, byte[] bytes, int at) {
        if (Varint.isNull(bytes, at)) {
            return at + 1;
        }
        int value = at + 1;
        return switch (element.kind()) {
            case BOOLEAN -> value + 1;
            case INT32, INT64, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> Varint.skip(bytes, value);
            case FLOAT32 -> value + 4;
            case FLOAT64 -> value + 8;
            case UINT64, DECIMAL, STRING, BYTES, UUID, INTERVAL, JSON -> Varint.skipSized(bytes, value);
            case ARRAY, MAP -> skip(element.kind(), Objects.requireNonNull(element.element()), bytes, value);
        };
    }

    private static int afterCount(byte[] bytes, int at, long count) {
        int next = Varint.skip(bytes, at);
        return count < 0 ? Varint.skip(bytes, next) : next;
    }

    private static void writeCount(int count, RowBuffer target) {
        byte[] bytes = target.ensure(5);
        target.position(Varint.write(count, bytes, target.position()));
    }

    private static int size(Object value) {
        return value instanceof List<?> list ? list.size() : ((Map<?, ?>) value).size();
    }

    private static RowSchema single(String name, DataType type, boolean nullable) {
        return new RowSchema(ELEMENT, List.of(new Column(name, type, nullable)), List.of());
    }
}
