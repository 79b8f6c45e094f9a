package io.streamforge.connector.arango;

import static org.assertj.core.api.Assertions.assertThat;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDB;
import com.arangodb.Protocol;
import io.streamforge.testing.arango.ArangoStub;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionsIT {

    private static final long NOW = 1_772_360_130_000_000L;
    private static final long SECOND = 1_000_000;

    private final AtomicLong clock = new AtomicLong(NOW);
    private ArangoStub stub;
    private ArangoDB client;
    private ArangoCollection store;

    @BeforeEach
    void start() {
        stub = ArangoStub.start();
        client = new ArangoDB.Builder()
                .protocol(Protocol.HTTP_JSON)
                .host(stub.host(), stub.port())
                .password(stub.password())
                .build();
        store = client.db("_system").collection(Versions.COLLECTION);
        store.create();
    }

    @AfterEach
    void stop() {
        client.shutdown();
        stub.close();
    }

    @Test
    void shouldRepeatTheVersionsOfRecordsThatAreReadAgain() {
        // given
        Versions first = versions("a", true);
        first.begin(0, 100);
        long version = first.version(0, 107);
        first.passed(0, 110);

        // when: a restart, an hour later
        clock.addAndGet(3600 * SECOND);
        Versions second = versions("a", true);
        second.begin(0, 105);

        // then
        assertThat(second.version(0, 107)).isEqualTo(version);
    }

    @Test
    void shouldFollowTheClockWhenFewRowsAreWritten() {
        // given
        Versions slow = versions("a", true);
        slow.begin(0, 0);
        slow.passed(0, 1);
        Versions other = versions("b", true);
        clock.addAndGet(60 * SECOND);
        other.begin(0, 5_000_000_000L);

        // when
        clock.addAndGet(SECOND);
        slow.begin(0, 1);

        // then
        assertThat(slow.version(0, 1)).isGreaterThan(other.version(0, 5_000_000_000L));
        assertThat(slow.version(0, 0)).isEqualTo(NOW);
    }

    @Test
    void shouldGrowWithinAPartitionWhateverTheClockDoes() {
        Versions versions = versions("a", true);
        long last = 0;
        for (long offset = 0; offset < 1000; offset += 10) {
            clock.addAndGet((offset % 30 - 10) * SECOND);
            versions.begin(0, offset);
            for (long record = offset; record < offset + 10; record++) {
                assertThat(versions.version(0, record)).isGreaterThan(last);
                last = versions.version(0, record);
            }
            versions.passed(0, offset + 10);
        }
    }

    @Test
    void shouldNeverChangeAVersionWhenRowsAreOnlyInserted() {
        Versions versions = versions("a", false);
        versions.begin(0, 0);
        versions.passed(0, 10);
        clock.addAndGet(60 * SECOND);
        versions.begin(0, 10);

        assertThat(versions.version(0, 10)).isEqualTo(NOW + 10);
    }

    private Versions versions(String topic, boolean moving) {
        return new Versions(store, "orders", topic, moving, clock::get);
    }
}
