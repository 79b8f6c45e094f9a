package io.streamforge.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResumePointTest {

    private static final String SERVER = "7";

    @Test
    void shouldSkipWhatWasReadOfATransactionAndNothingElse() {
        // given
        ResumePoint first = new ResumePoint(WalPosition.at(SERVER, 100));
        assertThat(first.change(5, 101)).isTrue();
        assertThat(first.change(5, 110)).isTrue();
        assertThat(first.change(5, 110)).isTrue();
        WalPosition position = first.position();

        // when
        ResumePoint again = new ResumePoint(position);

        // then
        assertThat(again.change(5, 101)).isFalse();
        assertThat(again.change(5, 110)).isFalse();
        assertThat(again.change(5, 110)).isFalse();
        assertThat(again.change(5, 110)).isTrue();
        assertThat(again.change(5, 111)).isTrue();
        again.committed(120);
        assertThat(again.change(6, 90)).isTrue();
    }

    @Test
    void shouldSkipNothingBehindAWholeTransaction() {
        ResumePoint resume = new ResumePoint(WalPosition.at(SERVER, 100));

        assertThat(resume.change(5, 80)).isTrue();
        resume.committed(130);

        assertThat(resume.position()).isEqualTo(WalPosition.at(SERVER, 130));
    }

    @Test
    void shouldKeepItsPlaceAsJson() throws Exception {
        WalPosition position = new WalPosition(SERVER, 100, 5, 110, 2);

        assertThat(WalPosition.of(position.values())).isEqualTo(position);
        assertThat(WalPosition.of(WalPosition.at(SERVER, 100).values())).isEqualTo(WalPosition.at(SERVER, 100));
    }
}
