package live.sluice.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import live.sluice.media.SluiceException;

/**
 * Who has asked for a stream as packets and has not given it back yet; some of them still wait to get it. On the stream's
 * loop.
 */
final class RtpHolders {
  private final List<CompletableFuture<RtpStream>> waiting = new ArrayList<>();
  private final Runnable onLetGo;
  private int holds;

  /**
   * None yet.
   *
   * @param onLetGo is called each time one gives it back
   */
  RtpHolders(Runnable onLetGo) {
    this.onLetGo = onLetGo;
  }

  boolean isEmpty() {
    return holds == 0;
  }

  /** One more, who has it now. */
  void add(CompletableFuture<RtpStream> answer, RtpStream stream) {
    holds++;
    answer.complete(stream);
  }

  /** One more, who waits. */
  void await(CompletableFuture<RtpStream> answer) {
    holds++;
    waiting.add(answer);
  }

  /** Those who wait get it. */
  void complete(RtpStream stream) {
    takeWaiting().forEach(answer -> answer.complete(stream));
  }

  /** Those who wait do not get it. */
  void fail(SluiceException why) {
    takeWaiting().forEach(answer -> giveUp(answer, why));
  }

  /** That one does not get it, where it still waits. */
  void fail(CompletableFuture<RtpStream> answer, SluiceException why) {
    if (waiting.removeIf(each -> each == answer)) {
      giveUp(answer, why);
    }
  }

  private List<CompletableFuture<RtpStream>> takeWaiting() {
    List<CompletableFuture<RtpStream>> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  private void giveUp(CompletableFuture<RtpStream> answer, SluiceException why) {
    letGo();
    answer.completeExceptionally(why);
  }

  /** One gives it back. */
  void letGo() {
    holds--;
    onLetGo.run();
  }
}
