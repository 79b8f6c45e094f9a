package io.streamforge.dummy.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Orders of a shop, paged in the four ways APIs page. {@code broken=97} spoils every 97th order's amount, so that a client meets
 * rows that do not fit.
 */
final class OrderCalls {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1000;
    private static final Instant FIRST = Instant.parse("2024-08-01T00:00:00Z");
    private static final String[] CUSTOMERS = {"Ada", "Björn", "Chloé", "Đorđe", "Emeka", "福田"};
    private static final String[] COUNTRIES = {"DE", "FR", "JP", "NG", "SE"};
    private static final String[] STATES = {"new", "paid", "shipped", "returned"};

    private final ExchangeSettings settings;

    OrderCalls(ExchangeSettings settings) {
        this.settings = settings;
    }

    /** {@code ?page=1&size=100} or {@code ?offset=0&limit=100}: an object with {@code orders} and {@code total}. */
    Reply paged(Call call) {
        if (refused(call)) {
            return unauthorized();
        }
        boolean byOffset = call.text("offset").isPresent() || call.text("limit").isPresent();
        int size = call.limit(byOffset ? "limit" : "size", DEFAULT_SIZE, MAX_SIZE);
        long first = byOffset
                ? call.number("offset").orElse(0)
                : Math.max(0, call.number("page").orElse(1) - 1) * size;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("orders", orders(first, size, call));
        body.put("total", settings.orders());
        return Reply.json(body);
    }

    /** {@code ?cursor=…&limit=100}: {@code orders} and {@code next.cursor}, which is null at the end. */
    Reply byCursor(Call call) {
        if (refused(call)) {
            return unauthorized();
        }
        int size = call.limit("limit", DEFAULT_SIZE, MAX_SIZE);
        long first = call.text("cursor").map(OrderCalls::decode).orElse(0L);
        long next = first + size;
        Map<String, @Nullable Object> cursor = new LinkedHashMap<>();
        cursor.put("cursor", next < settings.orders() ? encode(next) : null);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("orders", orders(first, size, call));
        body.put("next", cursor);
        return Reply.json(body);
    }

    /** {@code ?after=0&limit=100}: a bare array; the next page is the {@code Link} header's {@code rel="next"}. */
    Reply linked(Call call) {
        if (refused(call)) {
            return unauthorized();
        }
        int size = call.limit("limit", DEFAULT_SIZE, MAX_SIZE);
        long first = call.number("after").orElse(0);
        Reply reply = Reply.json(orders(first, size, call));
        long next = first + size;
        String broken = call.text("broken").map(every -> "&broken=" + every).orElse("");
        String last = "<" + call.path() + "?after=0>; rel=\"first\"";
        return next < settings.orders()
                ? reply.with(
                        "Link",
                        last + ", <" + call.path() + "?after=" + next + "&limit=" + size + broken + ">; rel=\"next\"")
                : reply.with("Link", last);
    }

    private boolean refused(Call call) {
        String token = settings.ordersToken();
        return token != null && !("Bearer " + token).equals(call.headers().get("Authorization"));
    }

    private static Reply unauthorized() {
        return new Reply(401, Map.of("WWW-Authenticate", "Bearer"), "{\"error\":\"token required\"}".getBytes(UTF_8));
    }

    private List<Map<String, Object>> orders(long first, int size, Call call) {
        OptionalLong broken = call.number("broken");
        List<Map<String, Object>> orders = new ArrayList<>();
        for (long id = first + 1; id <= Math.min(first + size, settings.orders()); id++) {
            boolean spoil = broken.isPresent() && broken.getAsLong() > 0 && id % broken.getAsLong() == 0;
            orders.add(order(id, spoil));
        }
        return orders;
    }

    private static Map<String, Object> order(long id, boolean broken) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("id", id);
        order.put("customer", CUSTOMERS[(int) (id % CUSTOMERS.length)]);
        order.put("country", COUNTRIES[(int) (id * 7 % COUNTRIES.length)]);
        order.put("status", STATES[(int) (id * 5 % STATES.length)]);
        order.put("amount", broken ? "n/a" : BigDecimal.valueOf(id * 1_999 % 1_000_000 + 100, 2));
        order.put("express", id % 3 == 0);
        order.put("created_at", FIRST.plusSeconds(id * 37).toString());
        order.put("tags", id % 4 == 0 ? List.of("gift", "fragile") : List.of());
        return order;
    }

    private static String encode(long next) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("order:" + next).getBytes(UTF_8));
    }

    private static Long decode(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            return Long.parseLong(text.substring("order:".length()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new BadCallException(-1100, "Illegal cursor.");
        }
    }
}
