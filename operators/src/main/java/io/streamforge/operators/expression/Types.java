package io.streamforge.operators.expression;

import io.streamforge.record.DataType;
import io.streamforge.record.DataType.Kind;
import java.util.Optional;

/** Which types go together, and what comes of it. */
final class Types {

    private static final DataType WHOLE_AS_DECIMAL = DataType.decimal(19, 0);

    private Types() {}

    static boolean whole(DataType type) {
        return type.kind() == Kind.INT32 || type.kind() == Kind.INT64;
    }

    static boolean exact(DataType type) {
        return type.kind() == Kind.DECIMAL || type.kind() == Kind.UINT64;
    }

    static boolean floating(DataType type) {
        return type.kind() == Kind.FLOAT32 || type.kind() == Kind.FLOAT64;
    }

    static boolean numeric(DataType type) {
        return whole(type) || exact(type) || floating(type);
    }

    static boolean opaque(DataType type) {
        return switch (type.kind()) {
            case JSON, ARRAY, MAP, INTERVAL -> true;
            default -> false;
        };
    }

    /** A number's type as a decimal. */
    static DataType asDecimal(DataType type) {
        return switch (type.kind()) {
            case INT32 -> DataType.decimal(10, 0);
            case INT64 -> WHOLE_AS_DECIMAL;
            case UINT64 -> DataType.decimal(20, 0);
            default -> type;
        };
    }

    /** The type that holds the values of both exactly; empty when there is none. */
    static Optional<DataType> common(DataType a, DataType b) {
        if (a.equals(b)) {
            return Optional.of(a);
        }
        if (numeric(a) && numeric(b)) {
            return Optional.of(number(a, b));
        }
        boolean sameKind = a.kind() == b.kind();
        return switch (a.kind()) {
            case TIME, TIMESTAMP, TIMESTAMP_TZ ->
                sameKind
                        ? Optional.of(a.precision() >= b.precision() ? a : b)
                        : Optional.of(a).filter(type -> type.kind() == Kind.TIMESTAMP && b.kind() == Kind.DATE);
            case DATE -> Optional.of(b).filter(type -> type.kind() == Kind.TIMESTAMP);
            default -> Optional.empty();
        };
    }

    private static DataType number(DataType a, DataType b) {
        if (floating(a) || floating(b)) {
            return DataType.FLOAT64;
        }
        if (whole(a) && whole(b)) {
            return DataType.INT64;
        }
        DataType left = asDecimal(a);
        DataType right = asDecimal(b);
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return DataType.decimal(Math.min(whole + scale, DataType.MAX_DECIMAL_PRECISION), scale);
    }
}
