package live.sluice.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import live.sluice.media.testing.Await;
import org.junit.jupiter.api.Test;

class HandshakeTurnsTest {
  private final HandshakeTurns turns = new HandshakeTurns(2);

  @Test
  void nobodyGivesUpWhileNobodyWaits() throws InterruptedException {
    assertThat(turns.take(Duration.ZERO)).isTrue();
    assertThat(turns.take(Duration.ZERO)).isTrue();
    assertThat(turns.take(Duration.ZERO)).isFalse();
    assertThat(turns.mustGiveUp()).isFalse();
    turns.done();
    assertThat(turns.taken()).isEqualTo(1);
  }

  @Test
  void oneGivesUpForEachThatWaits() throws Exception {
    turns.take(Duration.ZERO);
    turns.take(Duration.ZERO);
    CompletableFuture<Boolean> waiting = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                waiting.complete(turns.take(Duration.ofSeconds(30)));
              } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
              }
            });
    Await.until("one waits", () -> turns.waiting() == 1);

    assertThat(turns.mustGiveUp()).isTrue();
    assertThat(turns.mustGiveUp()).as("a second one for the same").isFalse();
    turns.gaveUp();
    assertThat(waiting.get()).isTrue();
    assertThat(turns.taken()).isEqualTo(2);
    assertThat(turns.mustGiveUp()).isFalse();
  }
}
