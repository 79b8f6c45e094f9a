package io.streamforge.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.record.Column;
import io.streamforge.record.DataType;
import io.streamforge.record.Op;
import io.streamforge.record.RowBuffer;
import io.streamforge.record.RowCursor;
import io.streamforge.record.RowSchema;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageOutputTest {

    private static final RowSchema NODES = new RowSchema(
            "nodes",
            List.of(Column.required("weight", DataType.INT64), Column.required("id", DataType.STRING)),
            List.of("id"));
    private static final RowSchema LOG =
            new RowSchema("log", List.of(Column.required("line", DataType.STRING)), List.of());

    private final StageOutput output = new StageOutput(List.of(NODES, LOG));

    private void node(String id, long weight) {
        output.row(0).writeLong(weight);
        output.row(0).writeString(id);
        output.row(0).endRow(Op.UPSERT, 17);
    }

    @Test
    void shouldKeepRowsAndKeysOfATableInTheirOrder() {
        // when
        node("a", 1);
        output.key(0).writeString("a");
        output.key(0).endRow(Op.DELETE, 18);
        output.row(1).writeString("gone");
        output.row(1).endRow();

        // then
        assertThat(output.bytes()).isPositive();
        RowBuffer nodes = output.take(0);
        assertThat(nodes.rows()).isEqualTo(2);
        assertThat(new RowCursor(NODES).wrap(nodes, 0).getString(1)).isEqualTo("a");
        assertThat(nodes.op(1)).isEqualTo(Op.DELETE);
        assertThat(nodes.timestampMicros(1)).isEqualTo(18);
        assertThat(new RowCursor(NODES.keySchema()).wrap(nodes, 1).getString(0)).isEqualTo("a");
        assertThat(output.take(1).rows()).isEqualTo(1);
        assertThat(output.bytes()).isZero();
        assertThat(output.take(0).rows()).as("taken already").isZero();
    }

    @Test
    void shouldDropWhatWasBegunOfARejectedRow() {
        // given
        node("a", 1);

        // when
        output.row(0).writeLong(2);
        output.reject("BAD", "no name");

        // then
        assertThat(output.takeRejection()).contains(new StageOutput.Rejection("BAD", "no name"));
        assertThat(output.takeRejection()).isEmpty();
        node("b", 3);
        assertThat(output.take(0).rows()).isEqualTo(2);
    }

    @Test
    void shouldDeleteByKeyAlone() {
        assertThatThrownBy(() -> output.key(1)).hasMessageContaining("'log' has no key");
    }
}
