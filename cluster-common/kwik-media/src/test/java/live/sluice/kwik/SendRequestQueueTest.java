package live.sluice.kwik;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.kwik.core.common.EncryptionLevel;
import tech.kwik.core.frame.DatagramFrame;
import tech.kwik.core.frame.MaxDataFrame;
import tech.kwik.core.frame.QuicFrame;
import tech.kwik.core.send.SendRequest;
import tech.kwik.core.send.SendRequestQueue;

/** The queue that stands in place of kwik's. */
class SendRequestQueueTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SendRequestQueue queue =
      new SendRequestQueue(Clock.systemUTC(), nanos::get, EncryptionLevel.App);

  @Test
  void datagramsLeaveInTheirOrder() {
    offer(3);
    assertThat(take()).isEqualTo("0");
    assertThat(take()).isEqualTo("1");
    assertThat(take()).isEqualTo("2");
    assertThat(take()).isEmpty();
  }

  @Test
  void kwiksOwnWayOfAddingThemKeepsTheirOrderToo() {
    queue.addPriorityRequest(datagram(0), frame -> {});
    queue.addPriorityRequest(datagram(1), frame -> {});
    assertThat(take()).isEqualTo("0");
    assertThat(take()).isEqualTo("1");
  }

  @Test
  void eachFourthTurnIsForStreams() {
    offer(6);
    queue.addRequest(new MaxDataFrame(1), frame -> {});
    queue.addRequest(new MaxDataFrame(2), frame -> {});
    List<String> order = IntStream.range(0, 8).mapToObj(i -> take()).toList();
    assertThat(order).containsExactly("0", "1", "2", "control", "3", "4", "5", "control");
  }

  @Test
  void oneThatHasNoRoomInAPacketIsNotOvertaken() {
    queue.offer(new DatagramFrame(new byte[1000]));
    offer(1);
    assertThat(queue.next(500)).isEmpty();
    assertThat(queue.next(1200)).isPresent();
  }

  @Test
  void noMoreThanABoundWait() {
    for (int i = 0; i < SendRequestQueue.MOST_DATAGRAMS; i++) {
      assertThat(queue.offer(datagram(i))).isTrue();
    }
    assertThat(queue.offer(datagram(0))).isFalse();
    assertThat(queue.droppedDatagrams()).isEqualTo(1);
    assertThat(queue.waitingDatagrams()).isEqualTo(SendRequestQueue.MOST_DATAGRAMS);
  }

  @Test
  void oldOnesAreGivenUp() {
    offer(2);
    nanos.addAndGet(SendRequestQueue.OLDEST_NANOS + 1);
    offer(1);
    assertThat(take()).isEqualTo("0");
    assertThat(queue.droppedDatagrams()).isEqualTo(2);
  }

  @Test
  void onceItIsClearedNothingIsTaken() {
    offer(2);
    queue.clear();
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.offer(datagram(0))).isFalse();
    assertThat(queue.droppedDatagrams()).isEqualTo(3);
  }

  private void offer(int count) {
    for (int i = 0; i < count; i++) {
      queue.offer(datagram(i));
    }
  }

  private static DatagramFrame datagram(int number) {
    return new DatagramFrame(new byte[] {(byte) number});
  }

  private String take() {
    Optional<SendRequest> next = queue.next(1200);
    if (next.isEmpty()) {
      return "";
    }
    QuicFrame frame = next.get().getFrame(1200);
    return frame instanceof DatagramFrame datagram ? "" + datagram.getData()[0] : "control";
  }
}
