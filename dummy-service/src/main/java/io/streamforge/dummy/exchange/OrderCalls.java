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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Orders of a shop, paged in the four ways APIs page. {@code broken=97} spoils every 97th order's amount, so that a client meets
 * rows that do not fit.
 */
final class OrderCalls {

    private static final int DEFAULT_SIZE = 100;
    private static final int MAX_SIZE = 1000;
    private static final byte[] UNAUTHORIZED = "{\"error\":\"token required\"}".getBytes(UTF_8);
    private static final Instant FIRST = Instant.parse("2024-08-01T00:00:00Z");
    private static final String[] CUSTOMERS = {"Ada", "Björn", "Chloé", "Đorđe", "Emeka", "福田"};
    private static final String[] COUNTRIES = {"DE", "FR", "JP", "NG", "SE"};
    private static final String[] STATES = {"new", "paid", "shipped", "returned"};

    private final ExchangeSettings settings;

    OrderCalls(ExchangeSettings settings) {
        this.settings = settings;
    }

    /**
     * {@code ?page=1&size=100}, {@code ?offset=0&limit=100} or {@code ?cursor=…&limit=100}: an object with {@code items}, {@code total}
     * and {@code next_cursor}, which is null on the last page.
     */
    Reply paged(Call call) {
        return page(call, (page, next) -> {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("items", page);
            body.put("total", settings.orders());
            body.put("next_cursor", next.isPresent() ? encode(next.getAsLong()) : null);
            return Reply.json(body);
        });
    }

    /** The same as a bare array; where the next page is stands in the {@code Link} header alone. */
    Reply linked(Call call) {
        return page(call, (page, next) -> Reply.json(page));
    }

    private Reply page(Call call, BiFunction<List<Map<String, Object>>, OptionalLong, Reply> body) {
        if (refused(call)) {
            return new Reply(401, Map.of("WWW-Authenticate", "Bearer"), UNAUTHORIZED);
        }
        int size = call.limit(call.text("page").isPresent() ? "size" : "limit", DEFAULT_SIZE, MAX_SIZE);
        long first = first(call, size);
        List<Map<String, Object>> orders = orders(first, size, call.number("broken"));
        OptionalLong next = first + size < settings.orders() ? OptionalLong.of(first + size) : OptionalLong.empty();
        return body.apply(orders, next).with("Link", link(call, size, next));
    }

    private static long first(Call call, int size) {
        if (call.text("page").isPresent()) {
            return Math.max(0, call.number("page").orElse(1) - 1) * size;
        }
        return call.text("cursor").map(OrderCalls::decode).orElseGet(() -> call.number("offset")
                .orElse(0));
    }

    private static String link(Call call, int size, OptionalLong next) {
        String path = "<" + call.path() + "?limit=" + size
                + call.text("broken").map(every -> "&broken=" + every).orElse("") + "&offset=";
        String first = path + "0>; rel=\"first\"";
        return next.isPresent() ? first + ", " + path + next.getAsLong() + ">; rel=\"next\"" : first;
    }

    private boolean refused(Call call) {
        String token = settings.ordersToken();
        return token != null && !("Bearer " + token).equals(call.headers().get("Authorization"));
    }

    private List<Map<String, Object>> orders(long first, int size, OptionalLong broken) {
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
