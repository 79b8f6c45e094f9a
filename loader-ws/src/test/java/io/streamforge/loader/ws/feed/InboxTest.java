package io.streamforge.loader.ws.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final String GAP = "(dropped)";

    @Test
    void shouldKeepTheOrderAndAskTheConnectionToWaitWhenItIsFull() throws InterruptedException {
        Inbox inbox = inbox(OnLag.BUFFER);

        put(inbox, "a1", "a2", "b1", "b2");

        assertThat(inbox.full()).isTrue();
        assertThat(take(inbox)).containsExactly("a1", "a2", "b1", "b2");
        assertThat(inbox.full()).isFalse();
    }

    @Test
    void shouldDropWhatDoesNotFitAndShowWhere() throws InterruptedException {
        Inbox inbox = inbox(OnLag.DROP);

        put(inbox, "a1", "a2", "b1", "a3", "b2");
        List<String> first = take(inbox);
        put(inbox, "a4");

        assertThat(first).containsExactly("a1", "a2", "b1", GAP);
        assertThat(take(inbox)).containsExactly("a4");
        assertThat(inbox.droppedMessages()).isEqualTo(2);
        assertThat(inbox.full()).isFalse();
    }

    @Test
    void shouldKeepTheNewestOfEachKeyBehindWhatWaits() throws InterruptedException {
        Inbox inbox = inbox(OnLag.LATEST);

        put(inbox, "a1", "a2", "b1", "a3", "c1", "a4", "a5");

        assertThat(take(inbox)).containsExactly("a1", "a2", "b1", GAP, "a5", "c1");
        assertThat(inbox.droppedMessages()).isEqualTo(2);
    }

    @Test
    void shouldSayThatItHasOverflownWhenThatIsAnError() throws InterruptedException {
        Inbox inbox = inbox(OnLag.ERROR);

        put(inbox, "a1", "a2", "b1");
        assertThat(inbox.overflown()).isFalse();
        put(inbox, "b2");

        assertThat(inbox.overflown()).isTrue();
    }

    @Test
    void shouldTakeAMessageThatIsLargerThanItAll() throws InterruptedException {
        Inbox inbox = inbox(OnLag.DROP);

        put(inbox, "a message that is large");

        assertThat(take(inbox)).containsExactly("a message that is large");
    }

    /** Six bytes; the first letter is the key. */
    private static Inbox inbox(OnLag onLag) {
        return new Inbox(onLag, 6, message -> new String(message, 0, 1, StandardCharsets.UTF_8));
    }

    private static void put(Inbox inbox, String... messages) {
        for (String message : messages) {
            inbox.put(message.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> take(Inbox inbox) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (byte[] next = inbox.poll(Duration.ZERO); next != null; next = inbox.poll(Duration.ZERO)) {
            taken.add(next == Inbox.DROPPED ? GAP : new String(next, StandardCharsets.UTF_8));
        }
        return taken;
    }
}
