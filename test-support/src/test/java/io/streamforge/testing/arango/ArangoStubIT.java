package io.streamforge.testing.arango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The examples of ArangoDB's HTTP documentation, over plain HTTP. */
class ArangoStubIT {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ArangoStub stub;

    private record Answer(int status, JsonNode body, HttpResponse<String> response) {

        int errorNum() {
            return body.path("errorNum").asInt();
        }
    }

    @BeforeEach
    void start() throws Exception {
        stub = ArangoStub.start();
        assertThat(call("POST", "/_api/collection", "{\"name\":\"products\"}").status())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void shouldAskForCredentials() throws Exception {
        HttpRequest anonymous =
                HttpRequest.newBuilder(URI.create(stub.url() + "/_api/version")).build();

        HttpResponse<String> refused = client.send(anonymous, BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(call("GET", "/_api/version", "").body().path("version").asString())
                .isEqualTo("3.12.4");
    }

    @Test
    void shouldGiveATokenForCredentials() throws Exception {
        Answer answer =
                call("POST", "/_open/auth", "{\"username\":\"root\",\"password\":\"%s\"}".formatted(stub.password()));
        HttpRequest withToken = HttpRequest.newBuilder(URI.create(stub.url() + "/_api/version"))
                .header("Authorization", "bearer " + answer.body().path("jwt").asString())
                .build();

        assertThat(client.send(withToken, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(call("POST", "/_open/auth", "{\"username\":\"root\",\"password\":\"wrong\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void shouldCreateDatabasesFromTheSystemDatabaseOnly() throws Exception {
        assertThat(call("POST", "/_api/database", "{\"name\":\"shop\"}").status())
                .isEqualTo(201);
        assertThat(call("POST", "/_api/database", "{\"name\":\"shop\"}").errorNum())
                .isEqualTo(1207);
        assertThat(call("POST", "/_api/database", "{\"name\":\"1 bad\"}").errorNum())
                .isEqualTo(1229);
        assertThat(call("POST", "/_db/shop/_api/database", "{\"name\":\"other\"}")
                        .status())
                .isEqualTo(403);
        assertThat(call("GET", "/_db/none/_api/collection", "").errorNum()).isEqualTo(1228);
        assertThat(call("GET", "/_api/database", "").body().path("result").toString())
                .contains("shop", "_system");
    }

    @Test
    void shouldCreateReadAndRefuseDocumentsAsDocumented() throws Exception {
        // when
        Answer created = call("POST", "/_api/document/products", "{\"_key\":\"lock\",\"Hello\":\"World\"}");

        // then
        assertThat(created.status()).isEqualTo(202);
        assertThat(created.body().path("_id").asString()).isEqualTo("products/lock");
        assertThat(created.response().headers().firstValue("Etag"))
                .contains('"' + created.body().path("_rev").asString() + '"');
        Answer again = call("POST", "/_api/document/products", "{\"_key\":\"lock\",\"Hello\":\"Universe\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.errorNum()).isEqualTo(1210);
        Answer replaced =
                call("POST", "/_api/document/products?overwrite=true&waitForSync=true", "{\"_key\":\"lock\",\"a\":1}");
        assertThat(replaced.status()).isEqualTo(201);
        assertThat(replaced.body().path("_oldRev")).isEqualTo(created.body().path("_rev"));
        assertThat(call("GET", "/_api/document/products/lock", "").body().has("Hello"))
                .isFalse();
        assertThat(call("GET", "/_api/document/products/none", "").errorNum()).isEqualTo(1202);
        assertThat(call("POST", "/_api/document/unknown", "{}").errorNum()).isEqualTo(1203);
        assertThat(call("POST", "/_api/document/products", "{ 1: \"World\" }").errorNum())
                .isEqualTo(600);
        assertThat(call("POST", "/_api/document/products", "{\"_key\":\"a b\"}").errorNum())
                .isEqualTo(1221);
    }

    @Test
    void shouldCheckRevisions() throws Exception {
        // given
        Answer created = call("POST", "/_api/document/products", "{\"_key\":\"a\",\"n\":1}");
        String revision = created.body().path("_rev").asString();

        // when, then
        assertThat(call("PUT", "/_api/document/products/a", "{\"n\":2}", "If-Match", "\"other\"")
                        .status())
                .isEqualTo(412);
        assertThat(call("PUT", "/_api/document/products/a", "{\"n\":2}", "If-Match", '"' + revision + '"')
                        .status())
                .isEqualTo(202);
        assertThat(call("PUT", "/_api/document/products/a?ignoreRevs=false", "{\"_rev\":\"" + revision + "\"}")
                        .status())
                .isEqualTo(412);
        assertThat(call("DELETE", "/_api/document/products/a", "", "If-Match", "\"other\"")
                        .errorNum())
                .isEqualTo(1200);
        assertThat(call("DELETE", "/_api/document/products/a", "").status()).isEqualTo(202);
    }

    @Test
    void shouldAnswerForEachOfManyDocuments() throws Exception {
        // when
        Answer answer = call(
                "POST", "/_api/document/products", "[{\"_key\":111},{\"_key\":\"abc\",\"a\":1},{\"_key\":\"abc\"}]");

        // then
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.response().headers().firstValue("X-Arango-Error-Codes"))
                .contains("1210:1,1221:1");
        assertThat(answer.body()).hasSize(3);
        assertThat(answer.body().path(0).path("errorNum").asInt()).isEqualTo(1221);
        assertThat(answer.body().path(1).path("_key").asString()).isEqualTo("abc");
        assertThat(answer.body().path(2).path("errorNum").asInt()).isEqualTo(1210);
        Answer removed = call("DELETE", "/_api/document/products", "[\"abc\",\"products/none\",{\"_key\":\"x\"}]");
        assertThat(removed.body().path(0).has("error")).isFalse();
        assertThat(removed.body().path(1).path("errorNum").asInt()).isEqualTo(1202);
        assertThat(removed.response().headers().firstValue("X-Arango-Error-Codes"))
                .contains("1202:2");
    }

    @Test
    void shouldMergeOrReplaceByOverwriteMode() throws Exception {
        call("POST", "/_api/document/products", "{\"_key\":\"a\",\"n\":{\"x\":1},\"kept\":true}");

        call("POST", "/_api/document/products?overwriteMode=ignore", "{\"_key\":\"a\",\"n\":0}");
        assertThat(document("a").path("n").path("x").asInt()).isEqualTo(1);
        call("POST", "/_api/document/products?overwriteMode=update", "{\"_key\":\"a\",\"n\":{\"y\":2}}");
        assertThat(document("a").path("n").toString()).isEqualTo("{\"x\":1,\"y\":2}");
        call("POST", "/_api/document/products?overwriteMode=update&mergeObjects=false", "{\"_key\":\"a\",\"n\":{}}");
        assertThat(document("a").path("n")).isEmpty();
        assertThat(document("a").path("kept").asBoolean()).isTrue();
        call("POST", "/_api/document/products?overwriteMode=replace", "{\"_key\":\"a\",\"m\":1}");
        assertThat(document("a").has("kept")).isFalse();
        assertThat(call("POST", "/_api/document/products?overwriteMode=always", "{}")
                        .errorNum())
                .isEqualTo(10);
    }

    @Test
    void shouldNotOverwriteAHigherVersion() throws Exception {
        String url = "/_api/document/products?overwriteMode=replace&versionAttribute=v";
        call("POST", url, "{\"_key\":\"a\",\"v\":7,\"n\":\"new\"}");

        assertThat(call("POST", url, "{\"_key\":\"a\",\"v\":6,\"n\":\"old\"}").status())
                .isEqualTo(202);
        assertThat(document("a").path("n").asString()).isEqualTo("new");
        call("POST", url, "{\"_key\":\"a\",\"v\":7,\"n\":\"same\"}");
        assertThat(document("a").path("n").asString()).isEqualTo("new");
        call("POST", url, "{\"_key\":\"a\",\"v\":8,\"n\":\"newer\"}");
        assertThat(document("a").path("n").asString()).isEqualTo("newer");
    }

    @Test
    void shouldKeepIntegersOf64BitsAndTurnGreaterOnesToDoubles() throws Exception {
        call(
                "POST",
                "/_api/document/products",
                "{\"_key\":\"a\",\"i\":9223372036854775807,\"u\":18446744073709551615,\"b\":18446744073709551616}");

        assertThat(document("a").path("i").asString()).isEqualTo("9223372036854775807");
        assertThat(document("a").path("u").asString()).isEqualTo("18446744073709551615");
        assertThat(document("a").path("b").isDouble()).isTrue();
    }

    @Test
    void shouldKeepUniqueIndexes() throws Exception {
        // given
        String index = "{\"type\":\"persistent\",\"fields\":[\"email\"],\"unique\":true,\"sparse\":true}";
        assertThat(call("POST", "/_api/index?collection=products", index).status())
                .isEqualTo(201);
        assertThat(call("POST", "/_api/index?collection=products", index).status())
                .isEqualTo(200);
        call("POST", "/_api/document/products", "[{\"_key\":\"a\",\"email\":\"x\"},{\"_key\":\"b\"},{\"_key\":\"c\"}]");

        // when, then
        assertThat(call("POST", "/_api/document/products", "{\"_key\":\"d\",\"email\":\"x\"}")
                        .errorNum())
                .isEqualTo(1210);
        assertThat(call("PATCH", "/_api/document/products/a", "{\"email\":\"y\"}")
                        .status())
                .isEqualTo(202);
        assertThat(call("POST", "/_api/document/products", "{\"_key\":\"d\",\"email\":\"x\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void shouldRunQueriesAndRefuseWhatItDoesNotKnow() throws Exception {
        // given
        call(
                "POST",
                "/_api/document/products",
                "[{\"_key\":\"a\",\"n\":1},{\"_key\":\"b\",\"n\":3},{\"_key\":\"c\",\"n\":2}]");

        // when, then
        Answer sorted =
                query("FOR p IN products FILTER p.n >= @min SORT p.n DESC LIMIT 1, 1 RETURN p._key", "{\"min\":1}");
        assertThat(sorted.body().path("result").toString()).isEqualTo("[\"c\"]");
        assertThat(sorted.body().path("extra").path("stats").path("fullCount").asInt())
                .isEqualTo(3);
        assertThat(query("FOR p IN @@c COLLECT WITH COUNT INTO n RETURN n", "{\"@c\":\"products\"}")
                        .body()
                        .path("result")
                        .toString())
                .isEqualTo("[3]");
        query(
                "FOR r IN @rows FOR d IN products FILTER d._key == r.k AND d.n < r.v REMOVE d IN products",
                "{\"rows\":[{\"k\":\"a\",\"v\":2},{\"k\":\"b\",\"v\":3}]}");
        assertThat(query("FOR p IN products SORT p._key RETURN p._key", "{}")
                        .body()
                        .path("result")
                        .toString())
                .isEqualTo("[\"b\",\"c\"]");
        assertThat(query("FOR p IN products WINDOW 3 RETURN p", "{}").errorNum())
                .isEqualTo(1501);
        assertThat(query("RETURN SOUNDEX('a')", "{}").errorNum()).isEqualTo(1540);
        assertThat(query("RETURN @a", "{}").errorNum()).isEqualTo(1551);
        assertThat(query("RETURN 1", "{\"a\":1}").errorNum()).isEqualTo(1552);
        assertThat(query("FOR p IN unknown RETURN p", "{}").errorNum()).isEqualTo(1203);
        assertThat(call("GET", "/_api/gharial", "").errorNum()).isEqualTo(9);
        assertThat(call("GET", "/_api/document/products/b?rev=1", "").errorNum())
                .isEqualTo(9);
    }

    @Test
    void shouldUndoAQueryThatFails() throws Exception {
        call("POST", "/_api/document/products", "{\"_key\":\"b\"}");

        Answer failed = query("FOR k IN ['a', 'b'] INSERT { _key: k } INTO products", "{}");

        assertThat(failed.errorNum()).isEqualTo(1210);
        assertThat(call("GET", "/_api/document/products/a", "").status()).isEqualTo(404);
    }

    @Test
    void shouldUpsertWithACondition() throws Exception {
        String upsert = "FOR r IN @rows UPSERT { _key: r._key } INSERT r"
                + " UPDATE (OLD.v >= r.v ? {} : r) IN products OPTIONS { mergeObjects: false }";
        query(upsert, "{\"rows\":[{\"_key\":\"a\",\"v\":2,\"n\":\"two\"}]}");
        query(upsert, "{\"rows\":[{\"_key\":\"a\",\"v\":1,\"n\":\"one\"},{\"_key\":\"b\",\"v\":1}]}");

        assertThat(document("a").path("n").asString()).isEqualTo("two");
        assertThat(document("b").path("v").asInt()).isEqualTo(1);
    }

    @Test
    void shouldFetchAResultInBatches() throws Exception {
        Answer first = call("POST", "/_api/cursor", "{\"query\":\"FOR i IN [1,2,3] RETURN i\",\"batchSize\":2}");

        assertThat(first.body().path("hasMore").asBoolean()).isTrue();
        String cursor = "/_api/cursor/" + first.body().path("id").asString();
        Answer second = call("POST", cursor, "");
        assertThat(second.body().path("result").toString()).isEqualTo("[3]");
        assertThat(call("POST", cursor, "").errorNum()).isEqualTo(1600);
    }

    @Test
    void shouldKeepATransactionFromOthersUntilItIsCommitted() throws Exception {
        // given
        String id = begin();
        call("POST", "/_api/document/products", "{\"_key\":\"a\"}", "x-arango-trx-id", id);

        // when, then
        assertThat(call("GET", "/_api/document/products/a", "").status()).isEqualTo(404);
        assertThat(call("GET", "/_api/document/products/a", "", "x-arango-trx-id", id)
                        .status())
                .isEqualTo(200);
        assertThat(call("POST", "/_api/document/products", "{\"_key\":\"a\"}").errorNum())
                .isEqualTo(1200);
        assertThat(call("PUT", "/_api/transaction/" + id, "")
                        .body()
                        .path("result")
                        .path("status")
                        .asString())
                .isEqualTo("committed");
        assertThat(call("GET", "/_api/document/products/a", "").status()).isEqualTo(200);
    }

    @Test
    void shouldForgetAnAbortedTransaction() throws Exception {
        String id = begin();
        call("POST", "/_api/document/products", "{\"_key\":\"a\"}", "x-arango-trx-id", id);

        call("DELETE", "/_api/transaction/" + id, "");

        assertThat(call("POST", "/_api/document/products", "{\"_key\":\"a\"}").status())
                .isEqualTo(202);
        assertThat(call("PUT", "/_api/transaction/" + id, "").errorNum()).isEqualTo(1655);
    }

    @Test
    void shouldRefuseToWriteWhatWasChangedSinceTheTransactionBegan() throws Exception {
        call("POST", "/_api/document/products", "{\"_key\":\"a\"}");
        String id = begin();
        call("PATCH", "/_api/document/products/a", "{\"n\":1}");

        Answer late = call("PATCH", "/_api/document/products/a", "{\"n\":2}", "x-arango-trx-id", id);

        assertThat(late.errorNum()).isEqualTo(1200);
    }

    @Test
    void shouldFailOnRequest() throws Exception {
        stub.fail(new Fault.Unavailable());
        assertThat(call("GET", "/_api/version", "").status()).isEqualTo(503);
        stub.fail(new Fault.AnswerLost());
        assertThatThrownBy(() -> call("POST", "/_api/document/products", "{\"_key\":\"a\"}"))
                .isInstanceOf(IOException.class);
        assertThat(document("a").path("_key").asString()).isEqualTo("a");
        stub.fail(new Fault.Slow(Duration.ofMillis(50)));
        long start = System.nanoTime();
        call("GET", "/_api/version", "");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(49));
    }

    private String begin() throws Exception {
        Answer begun = call("POST", "/_api/transaction/begin", "{\"collections\":{\"write\":[\"products\"]}}");
        assertThat(begun.status()).isEqualTo(201);
        return begun.body().path("result").path("id").asString();
    }

    private JsonNode document(String key) throws Exception {
        return call("GET", "/_api/document/products/" + key, "").body();
    }

    private Answer query(String query, String binds) throws Exception {
        return call(
                "POST",
                "/_api/cursor",
                "{\"query\":\"%s\",\"bindVars\":%s,\"options\":{\"fullCount\":true}}".formatted(query, binds));
    }

    private Answer call(String method, String path, String body, String... headers) throws Exception {
        String credentials = ArangoStub.USERNAME + ":" + stub.password();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stub.url() + path))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes()))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), Request.MAPPER.readTree(response.body()), response);
    }
}
