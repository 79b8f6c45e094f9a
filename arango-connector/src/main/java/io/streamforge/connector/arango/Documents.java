package io.streamforge.connector.arango;

import com.arangodb.util.RawBytes;
import io.streamforge.record.JsonRows;
import io.streamforge.record.RowCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Documents on their way to the database, and which row of the batch each came from. */
final class Documents {

    private final JsonRows json;
    private final List<RawBytes> documents = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private final Set<String> distinct = new HashSet<>();
    private int bytes;

    Documents(JsonRows json) {
        this.json = json;
    }

    /** @param more members of the document beside the row's, with a comma at the end; empty for none */
    void add(int row, String key, long version, String more, RowCursor content) {
        String head = "{\"_key\":\"" + key + "\",\"" + Versions.ATTRIBUTE + "\":" + version + "," + more;
        byte[] object = json.toBytes(content);
        byte[] document = new byte[head.length() + object.length - 1];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, document, 0, head.length());
        System.arraycopy(object, 1, document, head.length(), object.length - 1);
        documents.add(RawBytes.of(document));
        bytes += document.length;
        rows.add(row);
        keys.add(key);
        versions.add(version);
        distinct.add(key);
    }

    boolean contains(String key) {
        return distinct.contains(key);
    }

    int size() {
        return rows.size();
    }

    int bytes() {
        return bytes;
    }

    /** As JSON. */
    List<RawBytes> all() {
        return documents;
    }

    int row(int index) {
        return rows.get(index);
    }

    String key(int index) {
        return keys.get(index);
    }

    long version(int index) {
        return versions.get(index);
    }

    void clear() {
        documents.clear();
        bytes = 0;
        rows.clear();
        keys.clear();
        versions.clear();
        distinct.clear();
    }
}
