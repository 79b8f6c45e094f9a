package io.streamforge.connector.arango;

import com.arangodb.ArangoDBException;
import com.arangodb.entity.ErrorEntity;
import java.util.Objects;

/** Why the database did not take a document. */
record Refusal(int errorNum, String message) {

    static Refusal of(ErrorEntity error) {
        return new Refusal(error.getErrorNum(), ArangoErrors.line(error.getErrorMessage()));
    }

    static Refusal of(ArangoDBException failure) {
        return new Refusal(
                Objects.requireNonNullElse(failure.getErrorNum(), 0), ArangoErrors.line(failure.getErrorMessage()));
    }
}
