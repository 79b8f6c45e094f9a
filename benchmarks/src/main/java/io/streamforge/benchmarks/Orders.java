package io.streamforge.benchmarks;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.RowSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Orders as a shop has them: nine columns of the common types. */
final class Orders {

    static final RowSchema SCHEMA = new RowSchema(
            "orders",
            List.of(
                    Column.required("id", DataType.INT64),
                    Column.required("customer_id", DataType.INT32),
                    Column.nullable("status", DataType.STRING),
                    Column.nullable("total", DataType.decimal(12, 2)),
                    Column.nullable("weight", DataType.FLOAT64),
                    Column.nullable("paid", DataType.BOOLEAN),
                    Column.nullable("created_at", DataType.timestamp(6)),
                    Column.nullable("email", DataType.STRING),
                    Column.nullable("note", DataType.STRING)),
            List.of("id"));

    private static final String[] STATUSES = {"active", "shipped", "cancelled", "returned"};
    private static final int COUNT = 1024;

    private Orders() {}

    /** One order; text also as UTF-8, since that is how files and drivers have it. */
    record Order(
            long id,
            int customerId,
            String status,
            long totalCents,
            double weight,
            boolean paid,
            long createdAtMicros,
            String email,
            String note,
            byte[] statusUtf8,
            byte[] emailUtf8,
            byte[] noteUtf8) {}

    static Order[] some() {
        Random random = new Random(7);
        Order[] orders = new Order[COUNT];
        for (int i = 0; i < COUNT; i++) {
            String status = STATUSES[random.nextInt(STATUSES.length)];
            String email = "customer" + random.nextInt(1_000_000) + "@example.com";
            String note = ("order " + i + " leave at the door, ring twice and mind the dog. ").repeat(2);
            orders[i] = new Order(
                    random.nextInt(100_000_000),
                    random.nextInt(1_000_000),
                    status,
                    random.nextInt(100_000_00),
                    random.nextDouble() * 100,
                    random.nextBoolean(),
                    1_700_000_000_000_000L + random.nextInt(1_000_000_000) * 1000L,
                    email,
                    note,
                    status.getBytes(StandardCharsets.UTF_8),
                    email.getBytes(StandardCharsets.UTF_8),
                    note.getBytes(StandardCharsets.UTF_8));
        }
        return orders;
    }
}
