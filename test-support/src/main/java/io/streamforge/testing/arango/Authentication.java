package io.streamforge.testing.arango;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** One user, with HTTP basic authentication or a token from {@code /_open/auth}. */
final class Authentication {

    private final String basic;
    private final String username;
    private final String password;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    Authentication(String username, String password) {
        this.username = username;
        this.password = password;
        basic = "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    Reply token(Request request) {
        JsonNode given = request.json();
        if (!given.path("username").asString("").equals(username)
                || !given.path("password").asString("").equals(password)) {
            throw new ArangoFailure(ErrorCode.UNAUTHORIZED, "Wrong credentials");
        }
        String token = "stub." + UUID.randomUUID();
        tokens.add(token);
        return Reply.of(200, Reply.object().put("jwt", token));
    }

    void require(Request request) {
        String given = request.header("authorization").orElse("");
        boolean bearer = given.toLowerCase(Locale.ROOT).startsWith("bearer ")
                && tokens.contains(given.substring("bearer ".length()));
        if (!bearer && !given.equals(basic)) {
            throw new ArangoFailure(ErrorCode.UNAUTHORIZED);
        }
    }
}
